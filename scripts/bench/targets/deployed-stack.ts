import { type CloudFormationClient, DescribeStacksCommand, type Stack } from '@aws-sdk/client-cloudformation';
import { UsageError } from '#text/usage-error.ts';
import { type ClientConfig, createClients } from './clients.ts';
import type { Destination } from './explain-failure.ts';
import { readOutputs, type StackOutputs } from './stack-outputs.ts';
import type { Target } from './target.ts';

/** Resources as some template has them; after a rollback, as the template before had them. */
const STANDS = /^(CREATE|UPDATE|IMPORT|UPDATE_ROLLBACK|IMPORT_ROLLBACK)_COMPLETE$/;
/** Planned and never made: what `cdk deploy` leaves when it is stopped before it begins. */
const NEVER_MADE = 'REVIEW_IN_PROGRESS';

export type DeployedStack<Outputs> = {
  name: string;
  /** Twelve digits. */
  account: string;
  outputs: Outputs;
};

export type StackWanted = {
  name: string;
  /** What `place` is called in an error: an endpoint or a region. */
  place: string;
  /** The command that deploys it. */
  deploy: string;
  /** Whether a stack may stand in this account. @throws UsageError where it may not */
  checkAccount: (account: string) => void;
};

/** How to get to a stack: with which clients, and what it has to be. */
export type WayToStack = {
  cloudformation: CloudFormationClient;
  config: ClientConfig;
  destination: Destination;
  wanted: StackWanted;
};

/**
 * Asks CloudFormation for a stack that a benchmark can run on. Nothing is changed.
 *
 * @throws UsageError where there is none, it doesn't stand, or it was deployed otherwise
 */
export async function readDeployedStack(
  cloudformation: CloudFormationClient,
  wanted: StackWanted,
): Promise<DeployedStack<StackOutputs>> {
  const { name, account, outputs } = await findStack(cloudformation, wanted);
  return { name, account, outputs: readOutputs(outputs, name, wanted.deploy) };
}

/**
 * Asks CloudFormation for a stack, whatever it was deployed with.
 *
 * @throws UsageError where there is none, or it doesn't stand
 */
export async function findStack(
  cloudformation: CloudFormationClient,
  wanted: StackWanted,
): Promise<DeployedStack<Readonly<Record<string, string>>>> {
  const { name, place, deploy, checkAccount } = wanted;
  const stack = await describeStack(cloudformation, wanted);
  if (stack === null) {
    throw new UsageError(`No stack '${name}' at ${place}: deploy it with ${deploy}, or name another with --stack`);
  }
  const { StackId = '', StackStatus = '', StackStatusReason } = stack;
  const account = StackId.split(':')[4] ?? '';
  checkAccount(account);
  if (StackStatus === NEVER_MADE) {
    throw new UsageError(`Stack '${name}' was planned and never made (${NEVER_MADE}): deploy it with ${deploy}`);
  }
  if (StackStatus.endsWith('_IN_PROGRESS')) {
    throw new UsageError(
      `Stack '${name}' is being changed (${StackStatus}): wait until that has ended, then start again`,
    );
  }
  if (!STANDS.test(StackStatus)) {
    const why = StackStatusReason === undefined ? '' : `: ${StackStatusReason}`;
    throw new UsageError(`Stack '${name}' has failed (${StackStatus}${why}): deploy it again with ${deploy}`);
  }
  return { name, account, outputs: outputsOf(stack) };
}

/**
 * Asks CloudFormation for a stack, in whatever state it is. Null where there is none, or only the memory of one.
 *
 * @param place what it is asked at is called in an error: an endpoint or a region
 * @throws UsageError where that is no CloudFormation
 */
export async function describeStack(
  cloudformation: CloudFormationClient,
  { name, place }: { name: string; place: string },
): Promise<Stack | null> {
  try {
    const { Stacks } = await cloudformation.send(new DescribeStacksCommand({ StackName: name }));
    const [stack] = Stacks ?? [];
    if (stack?.StackId !== undefined) return stack.StackStatus === 'DELETE_COMPLETE' ? null : stack;
  } catch (error) {
    const { name: kind, message } = error as Error;
    if (kind === 'ValidationError' && message.includes('does not exist')) return null;
    throw error;
  }
  throw new UsageError(`What answers at ${place} is no CloudFormation: expected AWS or an emulator of it there`);
}

/** What it gives out, by name. */
export function outputsOf({ Outputs = [] }: Stack): Readonly<Record<string, string>> {
  return Object.fromEntries(Outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));
}

/**
 * What is deployed at the end of a way, as a target that nobody has to end.
 *
 * @param reportDelayMs how long the platform's reports may take there until they can be read
 * @throws UsageError where no benchmark can run on it
 */
export async function openDeployed(
  { cloudformation, config, destination, wanted }: WayToStack,
  reportDelayMs: number,
): Promise<Target> {
  const { name, outputs } = await readDeployedStack(cloudformation, wanted);
  const { version, database } = outputs;
  return {
    ...createClients(() => config, destination),
    place: { ...destination, stack: name, version, database },
    outputs,
    reportDelayMs,
    deployedRun: null,
    killEnvironment: () => null,
    close: async () => undefined,
  };
}
