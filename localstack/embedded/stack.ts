import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createDestinations, type StoredObject } from './destinations.ts';
import { EmbeddedStackError, messageOf } from './errors.ts';
import { createKinesisClient, type KinesisClient } from './kinesis/kinesis-client.ts';
import { startKinesis } from './kinesis/start-kinesis.ts';
import { type AsyncInvocations, RETRY_DELAY_MS, startAsyncInvocations } from './lambda/async-invocations.ts';
import { createFunctions, type Functions } from './lambda/functions.ts';
import { describeErrorDocument } from './lambda/invocation-result.ts';
import { serveLambdaApi } from './lambda/lambda-api.ts';
import { buildChildPrograms } from './lifetime/child-programs.ts';
import { startWarden } from './lifetime/start-warden.ts';
import { createLogGroups } from './logs/log-groups.ts';
import { serveLogsApi } from './logs/logs-api.ts';
import { createMappings, type Mappings } from './mapping/mappings.ts';
import { startScheduler } from './scheduler/scheduler.ts';
import { planStack } from './template/plan-stack.ts';
import type { StackPlan } from './template/stack-plan.ts';
import type { TriggerPlan } from './template/trigger-plan.ts';

const DEFAULT_BUILD_DIR = fileURLToPath(new URL('../../out/embedded', import.meta.url));

export type EmbeddedStackOptions = {
  /** Folder that `cdk synth` wrote, with one stack. */
  assemblyDir: string;
  /** Values of the template's parameters, by name. */
  parameters: Record<string, string>;
  /** Port of Kinesis; 0, the default, lets the system choose. */
  kinesisPort?: number;
  /** Port of the Lambda API; 0, the default, lets the system choose. */
  lambdaPort?: number;
  /** false starts no schedule, for a caller that invokes the batch itself. Default: true. */
  scheduler?: boolean;
  /** Wait before the first retry of an asynchronous invocation; the second retry waits twice as long. Default: a minute. */
  asyncRetryDelayMs?: number;
  /** Folder for the bundled child programs. Default: out/embedded of the project. */
  buildDir?: string;
};

/** State of an execution environment. It is busy while it serves an invocation, or starts for one. */
type EnvironmentState = { functionName: string; busy: boolean };

export type EmbeddedStack = {
  /** "http://127.0.0.1:PORT" of each service, for the SDK's clients. */
  endpoints: { kinesis: string; lambda: string; logs: string };
  /** The template's Outputs, by key. */
  outputs: Record<string, string>;
  /** Kills one of the matching execution environments with SIGKILL; null when none matches. */
  killEnvironment(
    fits: (environment: EnvironmentState) => boolean,
    pick: (count: number) => number,
  ): EnvironmentState | null;
  /** Objects in a bucket of the stack, for example failed batches. */
  bucketObjects(bucketName: string): StoredObject[];
  queueMessages(queueName: string): string[];
  /** Stops everything. A second call waits for the first. */
  close(): Promise<void>;
};

/**
 * Runs a synthesized stack on this machine until it is closed.
 * @throws EmbeddedStackError, with nothing left running, for a template that it cannot run, a busy port, or a trigger
 * function that fails
 */
export async function startEmbeddedStack(options: EmbeddedStackOptions): Promise<EmbeddedStack> {
  const plan = planStack(options.assemblyDir, options.parameters);
  const closing = closeInReverse();
  try {
    return await startPlan(plan, options, closing);
  } catch (error) {
    await closing.close();
    throw error;
  }
}

async function startPlan(
  plan: StackPlan,
  options: EmbeddedStackOptions,
  closing: ReturnType<typeof closeInReverse>,
): Promise<EmbeddedStack> {
  const programs = await buildChildPrograms(resolve(options.buildDir ?? DEFAULT_BUILD_DIR));
  const warden = closing.add(startWarden(programs.warden));
  const kinesisProcess = closing.add(await startKinesis(programs.kinesis, options.kinesisPort ?? 0, warden));
  const kinesis = closing.add(createKinesisClient(kinesisProcess.url));
  const logGroups = createLogGroups();
  const logsApi = closing.add(await serveLogsApi(logGroups));
  const destinations = createDestinations(plan.buckets, plan.queues);
  const endpoints = { kinesis: kinesisProcess.url, lambda: '', logs: logsApi.url };

  const functions = createFunctions(plan.functions, { bootstrap: programs.bootstrap, endpoints, logGroups, warden });
  for (const { logGroupName } of plan.functions) logGroups.create(logGroupName);
  const asyncInvocations = startAsyncInvocations({
    functions,
    settings: plan.asyncInvokes,
    destinations,
    rules: plan.rules,
    retryDelayMs: options.asyncRetryDelayMs ?? RETRY_DELAY_MS,
  });
  const mappings = createMappings({ kinesis, functions, destinations });
  // These three close together, because an invocation in flight ends only when its environment does.
  closing.add({ close: () => Promise.all([mappings.close(), asyncInvocations.close(), functions.close()]) });
  const lambdaApi = closing.add(
    await serveLambdaApi(options.lambdaPort ?? 0, { functions, asyncInvocations, mappings }),
  );
  endpoints.lambda = lambdaApi.url;

  await createStreams(kinesis, plan);
  for (const trigger of plan.triggers) await runTrigger(trigger, functions, asyncInvocations);
  await createTemplateMappings(mappings, plan);
  if (options.scheduler ?? true) closing.add(startScheduler(plan.schedules, asyncInvocations.enqueue));

  return {
    endpoints,
    outputs: plan.outputs,
    killEnvironment: (fits, pick) => killOne(functions, fits, pick),
    bucketObjects: destinations.objects,
    queueMessages: destinations.messages,
    close: closing.close,
  };
}

async function createStreams(kinesis: KinesisClient, { streams }: StackPlan): Promise<void> {
  await Promise.all(
    streams.map(async ({ name, shardCount }) => {
      await kinesis.createStream(name, shardCount);
      while (!(await kinesis.isActive(name))) await sleep(5);
    }),
  );
}

async function runTrigger(trigger: TriggerPlan, functions: Functions, queue: AsyncInvocations): Promise<void> {
  const { logicalId, handlerArn, waitForAnswer } = trigger;
  const event = Buffer.from('{}');
  if (!waitForAnswer) return queue.enqueue(handlerArn, event);
  const { functionName } = functions.find(handlerArn);
  const result = await functions.invoke(handlerArn, event);
  if (result !== null && result.functionError === null) return;
  const answer = result === null ? 'nothing: it was throttled' : describeErrorDocument(result.payload);
  throw new EmbeddedStackError(`Trigger '${logicalId}' failed: function '${functionName}' answered ${answer}`);
}

async function createTemplateMappings(mappings: Mappings, plan: StackPlan): Promise<void> {
  for (const { logicalId, id, request } of plan.mappings) {
    await mappings.create(request, id).catch((error: unknown) => {
      throw new EmbeddedStackError(`Cannot create mapping '${logicalId}': ${messageOf(error)}; see the template`, {
        cause: error,
      });
    });
  }
}

function killOne(
  functions: Functions,
  fits: (environment: EnvironmentState) => boolean,
  pick: (count: number) => number,
): EnvironmentState | null {
  const candidates = functions.environments().filter(fits);
  const chosen = candidates[pick(candidates.length)];
  if (chosen === undefined) return null;
  const { functionName, busy } = chosen;
  chosen.kill();
  return { functionName, busy };
}

type Closable = { close(): unknown };

/** Closes what was added, newest first. A second call of `close` waits for the first. */
function closeInReverse(): { add<Thing extends Closable>(thing: Thing): Thing; close(): Promise<void> } {
  const open: Closable[] = [];
  let closed: Promise<void> | null = null;

  const closeAll = async () => {
    for (const thing of open.reverse()) await thing.close();
  };

  return {
    add(thing) {
      open.push(thing);
      return thing;
    },
    close() {
      closed ??= closeAll();
      return closed;
    },
  };
}
