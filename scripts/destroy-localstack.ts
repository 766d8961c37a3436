import { DeleteLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { EXIT, endWith } from './command-end.ts';
import { checkEmulator } from './emulator/check-emulator.ts';
import { createEmulatorClients, type EmulatorClients } from './emulator/clients.ts';
import { type DestroyOptions, parseDestroyOptions } from './emulator/destroy-options.ts';
import { emptyBucket } from './emulator/empty-bucket.ts';
import { type Emulator, emulatorOf } from './emulator/emulator.ts';
import { functionOf } from './emulator/function-of.ts';
import { type Belongings, findLeftovers, logGroupsOf } from './emulator/leftovers.ts';
import { BOOTSTRAP_STACK, removeBootstrap } from './emulator/remove-bootstrap.ts';
import { removeTables } from './emulator/remove-tables.ts';
import { targetOf } from './emulator/stack-target.ts';
import { deleteStack, findStack, listResources, listStacks } from './emulator/stacks.ts';
import { createSteps, type Step } from './emulator/steps.ts';
import { poll } from './targets/poll.ts';
import { UsageError } from './usage-error.ts';

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
  const left = stacks.includes(stack) ? await removeStack(options, emulator, clients, step) : [];
  if (others.length > 0) {
    process.stdout.write(`${BOOTSTRAP_STACK} stays: ${others.join(', ')} stand on it\n`);
  } else if (stacks.includes(BOOTSTRAP_STACK)) {
    await step(`remove ${BOOTSTRAP_STACK}`, () => removeBootstrap(clients));
  }
  if (left.length > 0) throw new Error(`Left behind: ${left.join(', ')}`);
  process.stdout.write(
    options.keepTables ? `Nothing of ${stack} is left but its tables.\n` : `Nothing of ${stack} is left.\n`,
  );
  return EXIT.done;
}

/** @returns what is left of it */
async function removeStack(
  { stack, keepTables }: DestroyOptions,
  emulator: Emulator,
  clients: EmulatorClients,
  step: Step,
): Promise<string[]> {
  const resources = await listResources(clients, stack);
  const of = (type: string): string[] => resources.get(type) ?? [];
  const belongings: Belongings = {
    stack,
    functions: of('AWS::Lambda::Function'),
    buckets: of('AWS::S3::Bucket'),
    schedules: of('AWS::Scheduler::Schedule'),
  };
  if (!keepTables) {
    if (belongings.functions.includes(functionOf(stack, 'schema'))) {
      await step('remove runs and tables', () => removeTables(targetOf(stack, emulator, clients)));
    } else {
      const status = (await findStack(clients, stack))?.status;
      process.stdout.write(`Stack '${stack}' (${status}) has no function left that could remove tables\n`);
    }
  }
  await step(`delete ${stack}`, async () => {
    for (const bucket of belongings.buckets) await emptyBucket(clients.s3, bucket);
    await deleteStack(clients, stack);
    for (const logGroupName of await logGroupsOf(clients, belongings.functions)) {
      await clients.logs.send(new DeleteLogGroupCommand({ logGroupName }));
    }
  });
  return step('look for what is left', async () => {
    let left: string[] = [];
    const isGone = async (): Promise<true | null> => {
      left = await findLeftovers(clients, belongings);
      return left.length === 0 ? true : null;
    };
    await poll(isGone, { withinMs: LAST_TRACES_MS, everyMs: 1_000 });
    return left;
  });
}
