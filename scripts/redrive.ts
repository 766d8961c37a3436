import { EXIT, endWith } from './cli/command-end.ts';
import { parseRedriveOptions, type RedriveOptions } from './cli/commands/redrive.ts';
import { findBatches, type RedriveRow, redriveBatch, redriveSpan } from './ops/redrive/redrive.ts';

import { openRedriveStack, type RedriveStack } from './ops/redrive/redrive-stack.ts';
import { renderList, renderRedrive } from './ops/redrive/render-redrive.ts';

await endWith(async () => {
  const options = parseRedriveOptions(process.argv.slice(2));
  if (options === null) return EXIT.done;
  const stack = await openRedriveStack(options.target, options.stack);
  return options.since === undefined
    ? redriveFailedBatches(stack, options)
    : redriveStream(stack, { ...options, since: options.since });
});

async function redriveFailedBatches(stack: RedriveStack, { sources, list, from }: RedriveOptions): Promise<number> {
  const found = await findBatches(stack, sources);
  if (list) {
    process.stdout.write(`${renderList(found)}\n`);
    return EXIT.done;
  }
  const rows: RedriveRow[] = [];
  for (const batch of found.batches) rows.push(await redriveBatch(stack, batch, from));
  process.stdout.write(`${renderRedrive(rows, found)}\n`);
  return found.unreadable.length === 0 ? exitCodeOf(rows) : EXIT.failed;
}

async function redriveStream(
  stack: RedriveStack,
  { since, until = Date.now(), shard }: RedriveOptions & { since: number },
): Promise<number> {
  const rows = await redriveSpan(stack, { sinceMs: since, untilMs: until, shardIds: shard });
  process.stdout.write(`${renderRedrive(rows, { unreadable: [], ofOtherStreams: 0 })}\n`);
  return exitCodeOf(rows);
}

function exitCodeOf(rows: readonly RedriveRow[]): number {
  return rows.every(({ problem }) => problem === null) ? EXIT.done : EXIT.failed;
}
