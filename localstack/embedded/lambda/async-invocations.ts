import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { DEFAULT_EVENT_BUS_ARN } from '../account.ts';
import type { Destinations } from '../destinations.ts';
import { type EventRule, lambdaResultEvent, routeEvent } from '../events/bus.ts';
import { type AsyncEnding, type AsyncRecord, asyncRecord, asyncRecordKey } from './async-record.ts';
import type { Functions } from './functions.ts';
import type { InvocationResult } from './invocation-result.ts';

/** Queue of asynchronous invocations. */
export type AsyncInvocations = {
  /** Queues an event. Its function runs soon, and again if it fails. After `close` events are ignored. */
  enqueue(reference: string, payload: Buffer): void;
  close(): Promise<void>;
};

type AsyncInvocationServices = {
  functions: Functions;
  settings: readonly AsyncInvokeSettings[];
  destinations: Destinations;
  /** Rules of the default event bus. */
  rules: readonly EventRule[];
  /** Wait before the first retry; the second retry waits twice as long. */
  retryDelayMs: number;
};

/** Lambda's wait before the first retry. */
export const RETRY_DELAY_MS = 60_000;
const THROTTLE_DELAY_MS = 1000;

export function startAsyncInvocations(services: AsyncInvocationServices): AsyncInvocations {
  const { functions, destinations, rules, retryDelayMs } = services;
  const settingsOf = new Map(services.settings.map((settings) => [settings.functionName, settings]));
  const stop = new AbortController();
  const underWay = new Set<Promise<void>>();

  const run = async (functionName: string, payload: Buffer): Promise<void> => {
    const settings = settingsOf.get(functionName) ?? defaultAsyncInvokeSettings(functionName);
    const ending = await invokeUntilDone(functions, settings, payload, retryDelayMs, stop.signal);
    if (ending === null) return;
    const arn = ending.condition === 'Success' ? settings.onSuccessArn : settings.onFailureArn;
    if (arn !== null) send(arn, functionName, asyncRecord(functionName, payload, ending, Date.now()));
  };

  const enqueue = (reference: string, payload: Buffer): void => {
    if (stop.signal.aborted) return;
    const { functionName } = functions.find(reference);
    const task: Promise<void> = run(functionName, payload).finally(() => underWay.delete(task));
    underWay.add(task);
  };

  const send = (arn: string, functionName: string, record: AsyncRecord): void => {
    const nowMs = Date.now();
    if (arn === DEFAULT_EVENT_BUS_ARN) {
      const { condition, functionArn } = record.requestContext;
      const outcome = condition === 'Success' ? 'Success' : 'Failure';
      const event = lambdaResultEvent(outcome, record, [functionArn, arn], nowMs);
      for (const delivery of routeEvent(event, rules)) deliver(delivery.arn, delivery.payload);
    } else if (destinations.kindOf(arn) === 'bucket') {
      destinations.putObject(arn, asyncRecordKey(functionName, randomUUID(), nowMs), JSON.stringify(record));
    } else {
      deliver(arn, JSON.stringify(record));
    }
  };

  /** Sends to a queue or a function. `checkDestinations` has made sure that the ARN is one of them. */
  const deliver = (arn: string, payload: string): void => {
    if (destinations.kindOf(arn) === 'queue') destinations.sendMessage(arn, payload);
    else enqueue(arn, Buffer.from(payload));
  };

  return {
    enqueue,
    async close() {
      stop.abort();
      await Promise.all(underWay);
    },
  };
}

/** Invokes until the function succeeds or its retries are used up; null when the stack stops first. */
async function invokeUntilDone(
  functions: Functions,
  settings: AsyncInvokeSettings,
  payload: Buffer,
  retryDelayMs: number,
  signal: AbortSignal,
): Promise<AsyncEnding | null> {
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
    // The stack itself ended this function, so the function has not failed.
    if (signal.aborted) return null;
    invocations += 1;
    result = answer;
    if (answer.functionError === null) return { condition: 'Success', invocations, result };
    if (invocations > settings.maximumRetryAttempts) return { condition: 'RetriesExhausted', invocations, result };
    await pause(retryDelayMs * invocations, signal);
  }
  return null;
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => {});
}

/** Settings of an EventInvokeConfig: retries and destinations of a function's asynchronous invocations. */
export type AsyncInvokeSettings = {
  functionName: string;
  maximumRetryAttempts: number;
  maximumEventAgeSeconds: number;
  onSuccessArn: string | null;
  onFailureArn: string | null;
};

/** Lambda's defaults for a function without an EventInvokeConfig: two retries, six hours. */
export function defaultAsyncInvokeSettings(functionName: string): AsyncInvokeSettings {
  return {
    functionName,
    maximumRetryAttempts: 2,
    maximumEventAgeSeconds: 21_600,
    onSuccessArn: null,
    onFailureArn: null,
  };
}
