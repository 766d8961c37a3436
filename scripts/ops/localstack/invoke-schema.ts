import type { LambdaClient } from '@aws-sdk/client-lambda';
import { invoke } from '#bench/targets/invoke.ts';
import { functionNameOf } from './function-name.ts';

/**
 * Brings the tables up to date once more. The deploy does so itself where the stack has changed; it doesn't where only the
 * database behind the URL has, and on an emulator that may be another one every day.
 */
export async function invokeSchema(lambda: LambdaClient, stack: string): Promise<void> {
  await invoke(lambda, functionNameOf(stack, 'schema'), {});
}
