import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { functionArn } from '../account.ts';
import type { Destinations } from '../destinations/destinations.ts';
import { type AsyncInvokeSettings, defaultAsyncInvokeSettings } from './async-invoke-settings.ts';
import type { Functions } from './functions.ts';
import type { InvocationResult } from './invocation-result.ts';

/** Lambda's queue of asynchronous invocations. */
export type AsyncInvocations = {
  /** Accepts an event; its function runs soon, and again if it fails. */
  enqueue(reference: string, payload: Buffer): void;
  close(): Promise<void>;
};

/** Lambda waits one minute before the first retry, two before the second. */
const RETRY_DELAY_MS = 60_000;
const THROTTLE_DELAY_MS = 1000;

type Ending = {
  condition: 'Success' | 'RetriesExhausted' | 'EventAgeExceeded';
  invocations: number;
  result: InvocationResult | null;
};

export function startAsyncInvocations(
  functions: Functions,
  configured: AsyncInvokeSettings[],
  destinations: Destinations,
): AsyncInvocations {
  const settingsOf = new Map(configured.map((settings) => [settings.functionName, settings]));
  const stop = new AbortController();
  const underWay = new Set<Promise<void>>();

  const run = async (functionName: string, payload: Buffer): Promise<void> => {
    const settings = settingsOf.get(functionName) ?? defaultAsyncInvokeSettings(functionName);
    const ending = await invokeUntilDone(functions, settings, payload, stop.signal);
    if (ending === null) return;
    const arn = ending.condition === 'Success' ? settings.onSuccessArn : settings.onFailureArn;
    if (arn !== null) deliver(arn, asyncRecord(functionName, payload, ending), functions, destinations, enqueue);
  };

  const enqueue = (reference: string, payload: Buffer): void => {
    const { functionName } = functions.find(reference);
    const task: Promise<void> = run(functionName, payload).finally(() => underWay.delete(task));
    underWay.add(task);
  };

  return {
    enqueue,
    async close() {
      stop.abort();
      await Promise.all(underWay);
    },
  };
}

async function invokeUntilDone(
  functions: Functions,
  settings: AsyncInvokeSettings,
  payload: Buffer,
  signal: AbortSignal,
): Promise<Ending | null> {
  const expiryMs = Date.now() + settings.maximumEventAgeSeconds * 1000;
  let invocations = 0;
  let result: InvocationResult | null = null;
  while (!signal.aborted) {
    if (Date.now() > expiryMs) return { condition: 'EventAgeExceeded', invocations, result };
    const answer = await functions.invoke(settings.functionName, payload);
    if (answer === null) {
      await pause(THROTTLE_DELAY_MS, signal);
      continue;
    }
    invocations += 1;
    result = answer;
    if (answer.functionError === null) return { condition: 'Success', invocations, result };
    if (invocations > settings.maximumRetryAttempts) return { condition: 'RetriesExhausted', invocations, result };
    await pause(RETRY_DELAY_MS * invocations, signal);
  }
  return null;
}

function asyncRecord(functionName: string, payload: Buffer, { condition, invocations, result }: Ending): string {
  return JSON.stringify({
    version: '1.0',
    timestamp: new Date().toISOString(),
    requestContext: {
      requestId: result?.requestId ?? randomUUID(),
      functionArn: `${functionArn(functionName)}:$LATEST`,
      condition,
      approximateInvokeCount: invocations,
    },
    requestPayload: parse(payload),
    ...(result === null
      ? {}
      : {
          responseContext: {
            statusCode: 200,
            executedVersion: result.executedVersion,
            ...(result.functionError === null ? {} : { functionError: result.functionError }),
          },
          responsePayload: parse(result.payload),
        }),
  });
}

function deliver(
  arn: string,
  record: string,
  functions: Functions,
  destinations: Destinations,
  enqueue: (reference: string, payload: Buffer) => void,
): void {
  const kind = destinations.kindOf(arn);
  if (kind === 'queue') destinations.sendMessage(arn, record);
  else if (kind === 'bucket') destinations.putObject(arn, `${randomUUID()}.json`, record);
  else if (arn.includes(':function:')) enqueue(functions.find(arn).functionName, Buffer.from(record));
  else console.error(`Nothing runs behind the destination '${arn}' of an asynchronous invocation: ${record}`);
}

function parse(payload: Buffer): unknown {
  try {
    return JSON.parse(payload.toString('utf8'));
  } catch {
    return payload.toString('utf8');
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => {});
}
