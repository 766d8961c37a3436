import { type Environment, type EnvironmentServices, startEnvironment } from './environment.ts';
import type { FunctionDefinition } from './function-definition.ts';
import type { InvocationResult } from './invocation-result.ts';

/** A function's execution environments. */
export type FunctionPool = {
  definition: FunctionDefinition;
  /** Runs an invocation in a warm environment, else in a new one; null when the concurrency limit is reached. */
  invoke(requestId: string, payload: Buffer): Promise<InvocationResult> | null;
  environments(): PooledEnvironment[];
  close(): Promise<void>;
};

export type PooledEnvironment = { functionName: string; busy: boolean; kill(): void };

type Slot = { busy: boolean; killed: boolean; starting: Promise<Environment> };

/** Environments are started when they are needed, and the one used last is used first, as on Lambda. */
export function createFunctionPool(definition: FunctionDefinition, services: EnvironmentServices): FunctionPool {
  /** Least recently used first. */
  const slots = new Set<Slot>();
  const limit = definition.reservedConcurrency ?? Number.POSITIVE_INFINITY;

  const startSlot = (): Slot => {
    const slot: Slot = { busy: false, killed: false, starting: startEnvironment(definition, services) };
    slots.add(slot);
    const leave = () => void slots.delete(slot);
    slot.starting.then((environment) => environment.ended).then(leave, leave);
    return slot;
  };

  const acquire = (): Slot | null => {
    const idle = [...slots].filter((slot) => !slot.busy).at(-1);
    if (idle !== undefined) return idle;
    return slots.size < limit ? startSlot() : null;
  };

  const runIn = async (slot: Slot, requestId: string, payload: Buffer): Promise<InvocationResult> => {
    slot.busy = true;
    try {
      const environment = await slot.starting;
      return await environment.invoke(requestId, payload);
    } finally {
      slot.busy = false;
      // Back to the end of the set, where the most recently used ones are, unless it ended.
      if (slots.delete(slot)) slots.add(slot);
    }
  };

  return {
    definition,
    invoke(requestId, payload) {
      const slot = acquire();
      return slot === null ? null : runIn(slot, requestId, payload);
    },
    environments: () =>
      [...slots]
        .filter(({ killed }) => !killed)
        .map((slot) => ({
          functionName: definition.functionName,
          busy: slot.busy,
          kill() {
            slot.killed = true;
            // Nobody may be sent to an environment that is about to be gone.
            if (!slot.busy) slots.delete(slot);
            void slot.starting.then((environment) => environment.kill());
          },
        })),
    async close() {
      const environments = await Promise.all([...slots].map((slot) => slot.starting));
      for (const environment of environments) environment.kill();
      await Promise.all(environments.map((environment) => environment.ended));
    },
  };
}
