import { Command, InvalidArgumentError, Option } from 'commander';
import { parseIsoTime } from '#text/iso-time.ts';
import { UsageError } from '#text/usage-error.ts';
import { stackOption } from '../options/target-options.ts';
import { verbose } from '../options/values.ts';
import { parseCommand } from '../parse-command.ts';

/** The records to redrive, and the stack. */
export type RedriveOptions = {
  target: 'localstack' | 'aws';
  stack: string;
  list: boolean;
  from: 'payload' | 'stream';
  /** Span of arrival times on the stream, epoch ms; undefined: failed batches are redriven. */
  since: number | undefined;
  until: number | undefined;
  /** Shard ids; undefined: all shards. */
  shard: string[] | undefined;
  /** Failed batches, as keys in the bucket or files; empty: all of the deployed stream in the bucket. */
  sources: string[];
};

/** @throws UsageError in one line where the command line can't be used; null where it only asked for help */
export function parseRedriveOptions(args: readonly string[]): RedriveOptions | null {
  const command = new Command('npm run redrive --')
    .description(
      'Counts records that the event source mapping gave up on: failed batches in the bucket, or a time span of the stream. Each record is counted once, however often this runs. Nothing is deleted from the bucket.',
    )
    .argument(
      '[sources...]',
      'failed batches, as keys in the bucket or files; default: all of the deployed stream in the bucket',
    )
    .addOption(
      new Option('--target <name>', 'where the stack is deployed; required')
        .choices(['localstack', 'aws'])
        .makeOptionMandatory(),
    )
    .addOption(stackOption())
    .option('--list', 'list the failed batches, count nothing', false)
    .addOption(
      new Option(
        '--from <where>',
        'where to read the records: payload, stored with the failed batch if it has one; or the stream again',
      )
        .choices(['payload', 'stream'])
        .default('payload'),
    )
    .addOption(
      time(
        '--since <time>',
        'instead of failed batches: all records that arrived on the stream from this time on, ISO 8601',
      ),
    )
    .addOption(time('--until <time>', 'with --since: records that arrived before this time, ISO 8601; default: now'))
    .addOption(new Option('--shard <ids...>', 'with --since: only these shards; default: all'))
    .addOption(verbose())
    .addHelpText('after', '\nExit codes: 0 everything is counted · 1 some records could not be counted · 2 wrong use');
  const parsed = parseCommand<Omit<RedriveOptions, 'sources'>>(command, args, explainTarget);
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

/** A user of the benchmark knows the embedded target, so its refusal says why. */
function explainTarget(message: string): string {
  if (message.includes("'embedded'")) {
    return `${message}: an embedded stack ends with its run, and its failed batches too, so there is nothing to redrive`;
  }
  return message.replace(/^required option '--target.*/, 'Missing --target: expected localstack or aws');
}

function refuseMixture({ since, until, shard, sources, list }: RedriveOptions): void {
  if (since === undefined) {
    if (until !== undefined)
      throw new UsageError('--until needs --since: name the time at which the span begins; see --help');
    if (shard !== undefined)
      throw new UsageError('--shard needs --since: name the time at which the span begins; see --help');
    return;
  }
  if (sources.length > 0) {
    throw new UsageError(`--since reads the stream: leave out '${sources[0]}', or leave out --since; see --help`);
  }
  if (list)
    throw new UsageError('--list shows the bucket, --since reads the stream: leave out one of them; see --help');
  if (until !== undefined && until <= since) {
    throw new UsageError('Invalid --until: expected a time after --since; see --help');
  }
}
