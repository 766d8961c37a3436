import type { Path, Settings } from '#functions/contract.ts';
import type { MappingSettings } from '../run-settings.ts';
import { askResults, newRunId } from '../targets/results.ts';
import type { Target } from '../targets/target.ts';
import { removalCommand } from './left-runs.ts';
import { awaitMapping, createMapping, removeMappings, resizeMapping } from './run-mapping.ts';
import { awaitStream, createStream, removeStream } from './run-stream.ts';

/** Both paths, in the order in which they are verified and shown. */
export const BOTH_PATHS = ['microBatch', 'scheduledBatch'] as const;

/** A new stream with its own schemas. The micro-batch function counts the stream once a mapping is attached. */
export type IsolatedRun = {
  id: string;
  streamName: string;
  schemas: Record<Path, string>;
  settings: Settings;
  /**
   * Maps the stream from its beginning to the deployed micro-batch function, and waits until the mapping is enabled. The
   * settings are those of the deployed mapping, except those in `own`. To be called once a run.
   *
   * @throws the signal's reason if it is aborted meanwhile
   */
  attachMapping(own: Partial<MappingSettings>): Promise<MappingSettings>;
  /**
   * Changes the batch size of the attached mapping, and waits until the mapping is enabled again.
   *
   * @throws the signal's reason if it is aborted meanwhile
   */
  resizeBatches(batchSize: number): Promise<void>;
  /**
   * Empties both paths' tables, so that the same stream can be counted again. Only allowed before the mapping is attached,
   * because the environments of the micro-batch function remember their checkpoints.
   */
  reset(): Promise<void>;
  /** Removes the mapping and the stream, and the schemas unless they are kept. */
  remove(options: { keepSchemas: boolean }): Promise<void>;
};

export type IsolatedRunOptions = {
  shards: number;
  settings: Settings;
  onStep: (step: string) => void;
  /** Stops the creation and removes what was created. */
  signal: AbortSignal;
};

/** Creates a run. @throws the signal's reason if it is aborted meanwhile; then nothing is left */
export async function createRun(target: Target, options: IsolatedRunOptions): Promise<IsolatedRun> {
  const { kinesis, lambda, outputs } = target;
  const { settings, onStep, signal } = options;
  const id = newRunId();
  const streamName = `${outputs.runStreamPrefix}${id}`;
  const undo: (() => Promise<unknown>)[] = [];
  /** Goes on after a step that fails, so that the other parts are removed all the same. */
  const undoAll = async (): Promise<void> => {
    const failures: Error[] = [];
    for (const step of undo.splice(0).reverse()) await step().catch((error) => failures.push(error));
    if (failures.length === 0) return;
    const messages = failures.map(({ message }) => message).join('; ');
    throw new Error(
      `Run ${id} may have left something behind, on ${streamName}: ${messages}; remove it with ${removalCommand(target, id)}`,
      { cause: failures },
    );
  };
  try {
    onStep('asking the database');
    await askResults(target, 'runs', {}); // it may be down or asleep, so it is asked before anything is created
    onStep("making the run's stream and schemas");
    // Each removal is noted before the creation, because a creation whose answer was lost may have happened.
    undo.push(() => removeStream(kinesis, streamName));
    await createStream(kinesis, streamName, options.shards);
    const shardIds = await awaitStream(kinesis, streamName, signal);
    const dropSchemas = () => askResults(target, 'drop', { run: id });
    const prepare = () => askResults(target, 'prepare', { run: id, stream: streamName, shardIds, settings });
    undo.push(dropSchemas);
    const { schemas } = await prepare();
    signal.throwIfAborted();
    let attached: string | undefined;
    return {
      id,
      streamName,
      schemas,
      settings,
      async attachMapping(own) {
        onStep("waiting for the run's mapping to be enabled");
        undo.push(() => removeMappings(target, streamName, attached));
        const { uuid, mapping } = await createMapping(target, streamName, own);
        attached = uuid;
        await awaitMapping(lambda, uuid, signal);
        return mapping;
      },
      async resizeBatches(batchSize) {
        if (attached === undefined) throw new Error(`Run ${id} has no mapping yet: attach one first`);
        await resizeMapping(lambda, attached, batchSize);
        await awaitMapping(lambda, attached, signal);
      },
      async reset() {
        await dropSchemas();
        await prepare();
      },
      async remove({ keepSchemas }) {
        if (keepSchemas) undo.splice(undo.indexOf(dropSchemas), 1);
        await undoAll();
      },
    };
  } catch (error) {
    await undoAll().catch((left: Error) => {
      throw new Error(`${(error as Error).message}; ${left.message}`, { cause: error });
    });
    throw error;
  }
}

/**
 * Creates a run, works in it, and removes it, also after a failure.
 *
 * @param options.keepSchemas whether its tables stay if the work succeeds
 * @returns the result of the work; null if the signal ended it
 * @throws any error of the work or of the removal; everything that can be removed is removed first
 */
export async function withinRun<Result>(
  target: Target,
  options: IsolatedRunOptions & { keepSchemas?: boolean },
  work: (run: IsolatedRun) => Promise<Result>,
): Promise<Result | null> {
  const { keepSchemas = false, onStep, signal } = options;
  const run = await unlessAborted(createRun(target, options), signal);
  if (run === null) return null;
  let result: Result | null;
  try {
    result = await unlessAborted(work(run), signal);
  } catch (error) {
    onStep(REMOVING);
    await run.remove({ keepSchemas: false }).catch((left: Error) => {
      throw new Error(`${(error as Error).message}; and the run was not removed: ${left.message}`, { cause: error });
    });
    throw error;
  }
  onStep(REMOVING);
  await run.remove({ keepSchemas: keepSchemas && result !== null });
  return result;
}

const REMOVING = "removing the run's stream, mapping and tables";

/** Returns null if the work ended because of the signal. */
async function unlessAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result | null> {
  try {
    return await work;
  } catch (error) {
    if (signal.aborted && error === signal.reason) return null;
    throw error;
  }
}
