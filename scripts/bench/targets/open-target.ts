import { openAws } from './aws.ts';
import { type EmbeddedOptions, startEmbedded } from './embedded.ts';
import { openLocalstack } from './localstack.ts';
import type { Target, TargetName } from './target.ts';

export type TargetOptions = EmbeddedOptions & { target: TargetName; stack: string };

/**
 * Starts the embedded target, or finds the deployed stack of another target without a change to it.
 *
 * @throws UsageError or EmbeddedStackError, in one line, if the target can't be used as it is
 */
export async function openTarget(options: TargetOptions): Promise<Target> {
  const { target, stack, onStep } = options;
  if (target === 'embedded') return startEmbedded(options);
  onStep(`looking for stack ${stack}`);
  return target === 'aws' ? openAws(stack) : openLocalstack(stack);
}
