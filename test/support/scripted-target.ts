import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { StackOutputs } from '#bench/targets/stack-outputs.ts';
import type { Place, Target } from '#bench/targets/target.ts';

export const OUTPUTS: StackOutputs = {
  streamName: 'events',
  runStreamPrefix: 'events-run-',
  microBatchFunction: 'micro',
  microBatchMapping: 'mapping-0',
  scheduledBatchFunction: 'scheduled',
  resultsFunction: 'results',
  database: 'external',
  version: '0.1.0',
};

export const PLACE: Place = {
  name: 'embedded',
  endpoint: null,
  region: null,
  stack: 'Tidemark',
  version: '0.1.0',
  database: 'external',
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

type Answer = (call: Call) => unknown;

export type Script = {
  kinesis?: Answer;
  lambda?: Answer;
  logs?: Answer;
  /** Answers an invocation, or throws FunctionFailure; anything else that it throws comes from the API itself. */
  invoke?: (functionName: string, request: never) => unknown;
  killEnvironment?: Target['killEnvironment'];
  onCall?: (call: Call) => void;
  outputs?: Partial<StackOutputs>;
  place?: Partial<Place>;
};

/** A target without anything behind it: its clients obey the script, and `calls` has what they were asked, in order. */
export function scriptedTarget(script: Script): Target & { calls: Call[] } {
  const calls: Call[] = [];
  /** Of the client's own kind, since the SDK's paginators ask for that. */
  const client = <Client extends object>(kind: { prototype: Client }, answer: Answer = () => ({})): Client =>
    Object.assign(Object.create(kind.prototype) as Client, {
      async send(command: { constructor: { name: string }; input: Call['input'] }): Promise<unknown> {
        const call = { name: command.constructor.name.replace(/Command$/, ''), input: command.input };
        calls.push(call);
        script.onCall?.(call);
        if (!(command instanceof InvokeCommand)) return answer(call);
        return answerInvocation(call, script.invoke ?? (() => null));
      },
    });
  return {
    place: { ...PLACE, ...script.place },
    reportDelayMs: 0,
    deployedRun: null,
    kinesis: client(KinesisClient, script.kinesis),
    producer: client(KinesisClient, script.kinesis),
    lambda: client(LambdaClient, script.lambda),
    logs: client(CloudWatchLogsClient, script.logs),
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
