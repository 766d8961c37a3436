import { type CloudFormationClient, DescribeStacksCommand, type Stack } from '@aws-sdk/client-cloudformation';
import { UsageError } from '#text/usage-error.ts';

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
