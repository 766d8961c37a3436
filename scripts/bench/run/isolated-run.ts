import type { Path, Settings } from '#functions/contract.ts';
import { askResults, newRunId } from '../targets/results.ts';
import type { Target } from '../targets/target.ts';
import { removalCommand } from './left-runs.ts';
import { awaitMapping, createMapping, type MappingSettings, removeMappings, resizeMapping } from './run-mapping.ts';
import { awaitStream, createStream, removeStream } from './run-stream.ts';

/** A stream of the run's own, with schemas of its own; the micro-batch function counts it once it is mapped to it. */
export type IsolatedRun = {
  id: string;
  streamName: string;
  schemas: Record<Path, string>;
  settings: Settings;
  /**
   * Maps the stream to the deployed micro-batch function, from its beginning, with the deployed mapping's settings but for
   * those given, and waits until that delivers. Once a run.
   *
   * @throws the signal's reason where that comes while it waits
   */
  attachMapping(own: Partial<MappingSettings>): Promise<MappingSettings>;
  /**
   * Lets the attached mapping give so many records to a batch at most, and waits until it does.
   *
   * @throws the signal's reason where that comes while it waits
   */
  resizeBatches(batchSize: number): Promise<void>;
  /**
   * Empties both paths' tables, so that the same stream can be counted again. Before the mapping is attached only: the
   * micro-batch function's environments remember how far they have counted.
   */
  reset(): Promise<void>;
  /** Ends the mapping and the stream; the schemas too, unless they are kept. */
  remove(options: { keepSchemas: boolean }): Promise<void>;
};

export type IsolatedRunOptions = {
  shards: number;
  settings: Settings;
  onStep: (step: string) => void;
  /** Ends the making, and what was made. */
  signal: AbortSignal;
};

/** @throws the signal's reason where that came first; then nothing is left */
export async function createRun(target: Target, options: IsolatedRunOptions): Promise<IsolatedRun> {
  const { kinesis, lambda, outputs } = target;
  const { settings, onStep, signal } = options;
  const id = newRunId();
  const streamName = `${outputs.runStreamPrefix}${id}`;
  const undo: (() => Promise<unknown>)[] = [];
  /** Goes on after a step that fails, so that one leftover doesn't leave the others. */
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
    await askResults(target, 'runs', {}); // it may be down, or has to wake up: best before anything is made
    onStep("making the run's stream and schemas");
    // Before it is made, as everything here: an answer that is lost on the way says nothing of what was made.
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
        onStep('waiting for its mapping to be enabled');
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
 * Makes a run, works in it, and removes it, whatever came of the work.
 *
 * @param options.keepSchemas whether its tables stay where the work ended well
 * @returns what the work did; null where the signal ended it
 * @throws what the work or the removal throws; what was made is removed as far as it can be
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

/** Null where work ended since the signal had come. */
async function unlessAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result | null> {
  try {
    return await work;
  } catch (error) {
    if (signal.aborted && error === signal.reason) return null;
    throw error;
  }
}

/** The order in which they are verified and shown. */
export const BOTH_PATHS = ['micro_batch', 'scheduled_batch'] as const;
