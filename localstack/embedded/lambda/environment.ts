import { performance } from 'node:perf_hooks';
import { functionArn } from '../account.ts';
import type { Warden } from '../lifetime/start-warden.ts';
import type { LogGroups } from '../logs/log-groups.ts';
import { openEnvironmentLog } from './environment-log.ts';
import { environmentVariables, type ServiceEndpoints, spawnEnvironment } from './environment-process.ts';
import type { FunctionDefinition } from './function-definition.ts';
import {
  answered,
  exited,
  failed,
  INIT_TIMEOUT_MS,
  type InvocationResult,
  initTimedOut,
  type Outcome,
  outOfMemory,
  raised,
  SYNC_PAYLOAD_BYTES,
  timedOut,
  tooLarge,
} from './invocation-result.ts';
import { watchMemory } from './memory.ts';
import { type RuntimeInvocation, serveRuntimeApi } from './runtime-api.ts';

export type EnvironmentServices = {
  /** Path of the bundled bootstrap program. */
  bootstrap: string;
  endpoints: ServiceEndpoints;
  logGroups: LogGroups;
  warden: Warden;
};

/** One execution environment: a process that serves one invocation at a time until it ends. */
export type Environment = {
  /** Never rejects: if the process dies, the result holds that error. */
  invoke(requestId: string, payload: Buffer): Promise<InvocationResult>;
  /** Kills the process with SIGKILL. */
  kill(): void;
  /** Resolves when the process has ended. */
  ended: Promise<void>;
};

type Running = {
  requestId: string;
  payload: Buffer;
  /** When the program received the invocation, monotonic; null while it starts. */
  deliveredMs: number | null;
  timer: NodeJS.Timeout | undefined;
  /** Outcome and its time. As on Lambda, an invocation ends only when the program asks for the next one. */
  outcome: { how: Outcome; atMs: number } | null;
  resolve(result: InvocationResult): void;
};

export async function startEnvironment(
  definition: FunctionDefinition,
  services: EnvironmentServices,
): Promise<Environment> {
  let running: Running | null = null;
  let deliver: ((invocation: RuntimeInvocation) => void) | null = null;
  /** null until the program has asked for its first invocation. */
  let initDurationMs: number | null = null;
  let initFailure: Outcome | null = null;
  let whyKilled: ((requestId: string) => Outcome) | null = null;
  let hasEnded = false;

  const log = openEnvironmentLog(definition, services.logGroups);
  const api = await serveRuntimeApi({
    async onNext(deliverTo) {
      clearTimeout(initTimer);
      initDurationMs ??= performance.now() - startedMs;
      await complete();
      deliver = deliverTo;
      deliverRunning();
    },
    onResponse: (requestId, body) => settle(requestId, body === null ? tooLarge(SYNC_PAYLOAD_BYTES) : answered(body)),
    onError: (requestId, document) => settle(requestId, raised(document)),
    onInitError(document) {
      initFailure = raised(document);
    },
  });

  const startedMs = performance.now();
  const variables = environmentVariables(definition, api.address, log.streamName, services.endpoints);
  const child = spawnEnvironment(definition, services.bootstrap, variables, services.warden);
  for (const stream of child.output) log.follow(stream);
  const killBecause = (reason: (requestId: string) => Outcome) => {
    whyKilled ??= reason;
    child.kill();
  };
  const memory = watchMemory(child.pid, definition.memorySizeMb, () => killBecause(outOfMemory));
  const initTimer = setTimeout(() => killBecause((id) => initTimedOut(id, INIT_TIMEOUT_MS)), INIT_TIMEOUT_MS);

  function deliverRunning(): void {
    if (running === null || deliver === null) return;
    const { requestId, payload } = running;
    const { functionName, timeoutSeconds } = definition;
    const deadlineMs = Date.now() + timeoutSeconds * 1000;
    running.deliveredMs = performance.now();
    running.timer = setTimeout(
      () => killBecause((id) => timedOut(id, timeoutSeconds, Date.now())),
      timeoutSeconds * 1000,
    );
    deliver({ requestId, payload, functionArn: functionArn(functionName), deadlineMs });
    deliver = null;
  }

  function settle(requestId: string, how: Outcome): void {
    if (running?.requestId === requestId) running.outcome ??= { how, atMs: performance.now() };
  }

  async function complete(): Promise<void> {
    if (running === null || running.outcome === null) return;
    const { requestId, deliveredMs, timer, outcome, resolve } = running;
    running = null;
    clearTimeout(timer);
    const { status, payload, errorType } = outcome.how;
    const maxMemoryUsedMB = await memory.peakMb();
    const logTail = await log.report(requestId, status, errorType, {
      durationMs: outcome.atMs - (deliveredMs ?? startedMs),
      initDurationMs,
      memorySizeMB: definition.memorySizeMb,
      maxMemoryUsedMB,
    });
    resolve({ requestId, payload, functionError: failed(status), executedVersion: '$LATEST', logTail });
  }

  const ended = child.ended.then(async ({ code, signal }) => {
    hasEnded = true;
    clearTimeout(initTimer);
    memory.stop();
    await api.close();
    if (running === null) return;
    const { requestId } = running;
    settle(requestId, initFailure ?? whyKilled?.(requestId) ?? exited(requestId, code, signal));
    await complete();
  });

  return {
    invoke: (requestId, payload) =>
      new Promise((resolve) => {
        running = { requestId, payload, deliveredMs: null, timer: undefined, outcome: null, resolve };
        log.start(requestId);
        if (!hasEnded) return deliverRunning();
        settle(requestId, exited(requestId, null, 'SIGKILL'));
        void complete();
      }),
    kill: () => child.kill(),
    ended,
  };
}
