import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { KinesisClient } from '@aws-sdk/client-kinesis';
import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type { StackOutputs, Target } from '../../scripts/targets/target.ts';

export const OUTPUTS: StackOutputs = {
  streamName: 'events',
  runStreamPrefix: 'events-run-',
  microBatchFunction: 'micro',
  microBatchMapping: 'mapping-0',
  scheduledBatchFunction: 'scheduled',
  resultsFunction: 'results',
};

/** A call of an AWS API: the command without its suffix, such as `CreateStream`. */
export type Call = { name: string; input: Record<string, unknown> };

/** What a function throws, as the Lambda API reports it. */
export class FunctionFailure extends Error {
  readonly errorType: string;
  constructor(errorType: string, message: string) {
    super(message);
    this.errorType = errorType;
  }
}

export type Script = {
  kinesis?: (call: Call) => unknown;
  lambda?: (call: Call) => unknown;
  logs?: (call: Call) => unknown;
  /** Answers an invocation, or throws FunctionFailure; anything else that it throws comes from the API itself. */
  invoke?: (functionName: string, request: never) => unknown;
  killEnvironment?: Target['killEnvironment'];
  outputs?: Partial<StackOutputs>;
};

/** A target without anything behind it: its clients obey the script, and `calls` has what they were asked, in order. */
export function scriptedTarget(script: Script): Target & { calls: Call[] } {
  const calls: Call[] = [];
  const client = (answer: (call: Call) => unknown) => ({
    async send(command: { constructor: { name: string }; input: Record<string, unknown> }): Promise<unknown> {
      const call = { name: command.constructor.name.replace(/Command$/, ''), input: command.input };
      calls.push(call);
      if (!(command instanceof InvokeCommand)) return answer(call);
      return answerInvocation(call, script.invoke ?? (() => null));
    },
  });
  const nothing = (): unknown => ({});
  return {
    name: 'embedded',
    kinesis: client(script.kinesis ?? nothing) as unknown as KinesisClient,
    lambda: client(script.lambda ?? nothing) as unknown as LambdaClient,
    logs: client(script.logs ?? nothing) as unknown as CloudWatchLogsClient,
    outputs: { ...OUTPUTS, ...script.outputs },
    killEnvironment: script.killEnvironment ?? (() => null),
    close: async () => undefined,
    calls,
  };
}

async function answerInvocation({ input }: Call, invoke: NonNullable<Script['invoke']>): Promise<unknown> {
  const payload = (value: unknown) => ({ transformToString: () => JSON.stringify(value) });
  try {
    return {
      Payload: payload(await invoke(input.FunctionName as string, JSON.parse(input.Payload as string) as never)),
    };
  } catch (error) {
    if (!(error instanceof FunctionFailure)) throw error;
    const { errorType, message } = error;
    return { FunctionError: 'Unhandled', Payload: payload({ errorType, errorMessage: message }) };
  }
}
