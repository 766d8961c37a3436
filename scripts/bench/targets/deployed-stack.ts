import { type CloudFormationClient, DescribeStacksCommand, type Stack } from '@aws-sdk/client-cloudformation';
import { UsageError } from '#text/usage-error.ts';
import { type ClientConfig, createClients } from './clients.ts';
import type { Destination } from './explain-failure.ts';
import { readOutputs } from './stack-outputs.ts';
import type { Target } from './target.ts';

/** States in which all resources match a template; after a rollback, the template before. */
const USABLE = /^(CREATE|UPDATE|IMPORT|UPDATE_ROLLBACK|IMPORT_ROLLBACK)_COMPLETE$/;
/** State of a stack that was planned and never made: `cdk deploy` was stopped before it began. */
const NEVER_MADE = 'REVIEW_IN_PROGRESS';

export type DeployedStack = {
  name: string;
  /** Account id of twelve digits. */
  account: string;
  /** The stack's outputs by name. */
  outputs: Readonly<Record<string, string>>;
};

export type StackWanted = {
  name: string;
  /** Name of the place for error messages: an endpoint or a region. */
  place: string;
  /** The command that deploys it. */
  deploy: string;
  /** @throws UsageError if the stack must not be in this account */
  checkAccount: (account: string) => void;
};

/** The way to a stack: its clients, and the conditions that it must meet. */
export type WayToStack = {
  cloudformation: CloudFormationClient;
  config: ClientConfig;
  destination: Destination;
  wanted: StackWanted;
};

/**
 * Opens a deployed stack as a target. The stack stays when the target is closed.
 *
 * @param reportDelayMs time until the platform's reports can be read there, ms
 * @throws UsageError if there is no such stack, or no benchmark can run on it
 */
export async function openDeployed(
  { cloudformation, config, destination, wanted }: WayToStack,
  reportDelayMs: number,
): Promise<Target> {
  const stack = await findStack(cloudformation, wanted);
  const outputs = readOutputs(stack.outputs, stack.name, wanted.deploy);
  const { version, database } = outputs;
  return {
    ...createClients(() => config, destination),
    place: { ...destination, stack: stack.name, version, database },
    outputs,
    reportDelayMs,
    deployedRun: null,
    killEnvironment: () => null,
    close: async () => undefined,
  };
}

/**
 * Asks CloudFormation for a stack, whichever options it was deployed with. It changes nothing.
 *
 * @throws UsageError if there is no such stack, or it can't be used in its state
 */
export async function findStack(cloudformation: CloudFormationClient, wanted: StackWanted): Promise<DeployedStack> {
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
  if (!USABLE.test(StackStatus)) {
    const why = StackStatusReason === undefined ? '' : `: ${StackStatusReason}`;
    throw new UsageError(`Stack '${name}' has failed (${StackStatus}${why}): deploy it again with ${deploy}`);
  }
  return { name, account, outputs: outputsOf(stack) };
}

/**
 * Asks CloudFormation for a stack in any state. Returns null if there is none, or if it was deleted.
 *
 * @throws UsageError if the service is not CloudFormation
 */
export async function describeStack(
  cloudformation: CloudFormationClient,
  { name, place }: Pick<StackWanted, 'name' | 'place'>,
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
  throw new UsageError(`The service at ${place} is not CloudFormation: expected AWS or an emulator of it`);
}

/** Returns the outputs of a stack by name. */
export function outputsOf({ Outputs = [] }: Stack): Readonly<Record<string, string>> {
  return Object.fromEntries(Outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));
}
