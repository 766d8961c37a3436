import { Command, InvalidArgumentError, Option } from 'commander';
import { parseIsoTime } from '#text/iso-time.ts';
import { UsageError } from '#text/usage-error.ts';
import { stackOption } from '../options/target-options.ts';
import { parseCommand } from '../parse-command.ts';

/** What is to be redriven, and where. */
export type RedriveOptions = {
  target: 'localstack' | 'aws';
  stack: string;
  list: boolean;
  from: 'payload' | 'stream';
  /** Arrivals, epoch ms: redrives all that the stream has of this span. */
  since: number | undefined;
  until: number | undefined;
  /** Of these shards; undefined: of all. */
  shard: string[] | undefined;
  /** Keys in the bucket, or files; none: everything in the bucket that is of the deployed stream. */
  sources: string[];
};

/** @throws UsageError in one line where the command line can't be used; null where it only asked for help */
export function parseRedriveOptions(args: readonly string[]): RedriveOptions | null {
  const command = new Command('npm run redrive --')
    .description(
      'Counts what the mapping gave up and no invocation has counted: failed batches from the bucket, or a span of the stream. Each record is counted once, however often this runs; what lies in the bucket stays there.',
    )
    .configureHelp({ helpWidth: 110 })
    .argument('[sources...]', 'keys in the bucket, or files; default: every failed batch of the deployed stream')
    .addOption(
      new Option('--target <name>', 'where the stack is deployed; an embedded one takes its failed batches with it')
        .choices(['localstack', 'aws'])
        .makeOptionMandatory(),
    )
    .addOption(stackOption())
    .option('--list', 'only say what there is', false)
    .addOption(
      new Option('--from <where>', 'records from the stored payload, where there is one, or again from the stream')
        .choices(['payload', 'stream'])
        .default('payload'),
    )
    .addOption(time('--since <time>', 'all that arrived on the stream from then on, failed batch or not, ISO 8601'))
    .addOption(time('--until <time>', 'and before then; default: now'))
    .addOption(new Option('--shard <ids...>', 'on these shards only; with --since'))
    .option('--verbose', 'print the stack of an error')
    .addHelpText('after', '\nExit codes: 0 all is counted · 1 something could not be counted · 2 wrong use');
  const parsed = parseCommand<Omit<RedriveOptions, 'sources'>>(command, args, whatToDo);
  if (parsed === null) return null;
  const options = { ...parsed, sources: command.args };
  refuseMixture(options);
  return options;
}

function time(flags: string, description: string): Option {
  return new Option(flags, description).argParser((text) => {
    const ms = parseIsoTime(text);
    if (ms === null) throw new InvalidArgumentError('expected a time in ISO 8601, such as 2026-01-31T12:00:00Z');
    return ms;
  });
}

/** Whoever comes from the benchmark is used to an embedded target. */
function whatToDo(message: string): string {
  if (message.includes("'embedded'")) {
    return `${message}: an embedded stack takes its failed batches with it, so there is nothing to redrive`;
  }
  return message.replace(/^required option '--target.*/, 'Missing --target: expected localstack or aws');
}

function refuseMixture({ since, until, shard, sources, list }: RedriveOptions): void {
  if (since === undefined) {
    if (until !== undefined) throw new UsageError('--until ends a span: say with --since where it begins; see --help');
    if (shard !== undefined) throw new UsageError('--shard narrows a span: name one with --since; see --help');
    return;
  }
  if (sources.length > 0) {
    throw new UsageError(`--since reads the stream: leave out '${sources[0]}', or leave out --since; see --help`);
  }
  if (list) throw new UsageError('--list shows the bucket: leave it out, or leave out --since; see --help');
  if (until !== undefined && until <= since) {
    throw new UsageError('Invalid --until: expected a time after --since; see --help');
  }
}
