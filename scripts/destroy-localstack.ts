import { DeleteLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { describeStack } from './bench/targets/deployed-stack.ts';
import { type Emulator, emulatorOf } from './bench/targets/emulator.ts';
import { poll } from './bench/targets/poll.ts';
import { EXIT, endWith } from './cli/command-end.ts';
import { type DestroyOptions, parseDestroyOptions } from './cli/commands/destroy-localstack.ts';
import { checkEmulator } from './ops/localstack/check-emulator.ts';
import { clearDatabase } from './ops/localstack/clear-database.ts';
import { createEmulatorClients, type EmulatorClients } from './ops/localstack/clients.ts';
import { emptyBucket } from './ops/localstack/empty-bucket.ts';
import { type Belongings, findLeftovers, logGroupsOf } from './ops/localstack/leftovers.ts';
import { BOOTSTRAP_STACK, removeBootstrap } from './ops/localstack/remove-bootstrap.ts';
import { deleteStack, listResources, listStacks } from './ops/localstack/stacks.ts';
import { createSteps, type Step } from './ops/localstack/steps.ts';
import { UsageError } from './text/usage-error.ts';

/** Emulators delete some things a moment after they have said so. */
const LAST_TRACES_MS = 15_000;

await endWith(async () => {
  const options = parseDestroyOptions(process.argv.slice(2));
  return options === null ? EXIT.done : destroy(options, emulatorOf(process.env));
});

async function destroy(options: DestroyOptions, emulator: Emulator): Promise<number> {
  const { stack } = options;
  await checkEmulator(emulator);
  const clients = createEmulatorClients(emulator);
  const step = createSteps((text) => process.stdout.write(text));
  const stacks = await listStacks(clients);
  const others = stacks.filter((name) => name !== stack && name !== BOOTSTRAP_STACK);
  if (!stacks.includes(stack) && (others.length > 0 || !stacks.includes(BOOTSTRAP_STACK))) {
    const there = others.length === 0 ? 'nothing is deployed there' : `there are ${others.join(', ')}; see --help`;
    throw new UsageError(`No stack '${stack}' at ${emulator.endpoint}: ${there}`);
  }
  const { left, inDatabase } = stacks.includes(stack)
    ? await removeStack(options, { emulator, clients, step })
    : { left: [], inDatabase: options.keepTables ? ['tables'] : [] };
  if (others.length > 0) {
    process.stdout.write(`${BOOTSTRAP_STACK} stays: ${others.join(', ')} stand on it\n`);
  } else if (stacks.includes(BOOTSTRAP_STACK)) {
    await step(`remove ${BOOTSTRAP_STACK}`, () => removeBootstrap(clients));
  }
  if (left.length > 0) throw new Error(`Left behind: ${left.join(', ')}`);
  const butFor = inDatabase.length === 0 ? '' : ` but its ${inDatabase.join(' and ')}`;
  process.stdout.write(`Nothing of ${stack} is left${butFor}.\n`);
  return EXIT.done;
}

type Removal = { emulator: Emulator; clients: EmulatorClients; step: Step };

/** @returns what is left of it, and what it keeps in the database */
async function removeStack(
  options: DestroyOptions,
  removal: Removal,
): Promise<{ left: string[]; inDatabase: string[] }> {
  const { stack } = options;
  const { clients, step } = removal;
  const resources = await listResources(clients, stack);
  const of = (type: string): string[] => resources.get(type) ?? [];
  const belongings: Belongings = {
    stack,
    functions: of('AWS::Lambda::Function'),
    buckets: of('AWS::S3::Bucket'),
    schedules: of('AWS::Scheduler::Schedule'),
  };
  const inDatabase = await removeFromDatabase(options, belongings.functions, removal);
  await step(`delete ${stack}`, async () => {
    for (const bucket of belongings.buckets) await emptyBucket(clients.s3, bucket);
    await deleteStack(clients, stack);
    for (const logGroupName of await logGroupsOf(clients, belongings.functions)) {
      await clients.logs.send(new DeleteLogGroupCommand({ logGroupName }));
    }
  });
  let left: string[] = [];
  await step('look for what is left', async () => {
    const isGone = async (): Promise<true | null> => {
      left = await findLeftovers(clients, belongings);
      return left.length === 0 ? true : null;
    };
    await poll(isGone, { withinMs: LAST_TRACES_MS, everyMs: 1_000 });
  });
  return { left, inDatabase };
}

/** @returns what it keeps in the database */
async function removeFromDatabase(
  { stack, keepTables }: DestroyOptions,
  functions: readonly string[],
  { emulator, clients, step }: Removal,
): Promise<string[]> {
  if (keepTables) return ['tables'];
  const kept = await clearDatabase(clients, { stack, functions, step });
  if (kept.length === 0) return [];
  const status = (await describeStack(clients.cloudformation, { name: stack, place: emulator.endpoint }))?.StackStatus;
  const why = kept.map(({ what, missing }) => `no ${missing} to remove ${what}`).join(' and ');
  process.stdout.write(`Stack '${stack}' (${status}) has ${why}: they stay in the database\n`);
  return kept.map(({ what }) => what);
}
