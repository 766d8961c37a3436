import { DeleteLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { describeStack } from '#bench/targets/deployed-stack.ts';
import type { Emulator } from '#bench/targets/emulator.ts';
import { poll } from '#bench/targets/poll.ts';
import { UsageError } from '#text/usage-error.ts';
import { clearDatabase } from './database-contents.ts';
import { checkEmulator, createEmulatorClients, type EmulatorClients } from './emulator.ts';
import { type Belongings, findLeftovers, logGroupsOf } from './leftovers.ts';
import { BOOTSTRAP_STACK, deleteStack, emptyBucket, listResources, listStacks, removeBootstrap } from './stacks.ts';
import { createSteps, type Step } from './steps.ts';

/** Emulators report some deletions a moment before they are done. */
const LAST_TRACES_MS = 15_000;

type DestroySettings = { readonly stack: string; readonly keepTables: boolean };

/**
 * Removes the stack from an emulator with everything that belongs to it, and the bootstrap if no other stack needs it.
 *
 * @throws UsageError where there is no such stack; Error that names everything left behind
 */
export async function destroyStack(options: DestroySettings, emulator: Emulator): Promise<void> {
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
    process.stdout.write(`${BOOTSTRAP_STACK} stays: ${others.join(', ')} need it\n`);
  } else if (stacks.includes(BOOTSTRAP_STACK)) {
    await step(`remove ${BOOTSTRAP_STACK}`, () => removeBootstrap(clients));
  }
  if (left.length > 0) throw new Error(`Left behind: ${left.join(', ')}`);
  const butFor = inDatabase.length === 0 ? '' : ` but its ${inDatabase.join(' and ')}`;
  process.stdout.write(`Nothing of ${stack} is left${butFor}.\n`);
}

type Removal = { emulator: Emulator; clients: EmulatorClients; step: Step };

/** @returns what is left of the stack, and what stays in the database */
async function removeStack(
  options: DestroySettings,
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

/** @returns what stays in the database */
async function removeFromDatabase(
  { stack, keepTables }: DestroySettings,
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
