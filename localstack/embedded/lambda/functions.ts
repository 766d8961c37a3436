import { randomUUID } from 'node:crypto';
import { functionArn } from '../account.ts';
import { type Environment, type EnvironmentServices, startEnvironment } from './environment.ts';
import { type FunctionDefinition, isKnownQualifier, parseFunctionName } from './function-definition.ts';
import type { InvocationResult } from './invocation-result.ts';
import { notFound } from './service-error.ts';

/** Functions of the stack, found by name, partial ARN or ARN. */
export type Functions = {
  /** @throws ServiceError ResourceNotFoundException */
  find(reference: string): FunctionDefinition;
  /**
   * Invokes and waits; null when the function's concurrency limit is reached.
   * @throws ServiceError ResourceNotFoundException
   */
  invoke(reference: string, payload: Buffer): Promise<InvocationResult | null>;
  environments(): PooledEnvironment[];
  close(): Promise<void>;
};

export function createFunctions(definitions: FunctionDefinition[], services: EnvironmentServices): Functions {
  const pools = new Map(
    definitions.map((definition) => [definition.functionName, createFunctionPool(definition, services)]),
  );
  let isClosed = false;

  const findPool = (reference: string): FunctionPool => {
    const { functionName, qualifier } = parseFunctionName(reference);
    const pool = pools.get(functionName);
    if (pool === undefined || !isKnownQualifier(qualifier)) {
      const arn = functionArn(functionName) + (qualifier === null ? '' : `:${qualifier}`);
      throw notFound(`Function not found: ${arn}`);
    }
    return pool;
  };

  return {
    find: (reference) => findPool(reference).definition,
    async invoke(reference, payload) {
      if (isClosed) return null;
      return findPool(reference).invoke(randomUUID(), payload);
    },
    environments: () => [...pools.values()].flatMap((pool) => pool.environments()),
    async close() {
      isClosed = true;
      await Promise.all([...pools.values()].map((pool) => pool.close()));
    },
  };
}

/** Execution environments of one function. */
type FunctionPool = {
  definition: FunctionDefinition;
  /** Runs an invocation in a warm environment, otherwise in a new one; null at the concurrency limit. */
  invoke(requestId: string, payload: Buffer): Promise<InvocationResult> | null;
  environments(): PooledEnvironment[];
  close(): Promise<void>;
};

type PooledEnvironment = { functionName: string; busy: boolean; kill(): void };

type Slot = { busy: boolean; killed: boolean; starting: Promise<Environment> };

/** Environments start on demand. As on Lambda, the most recently used idle one serves next. */
function createFunctionPool(definition: FunctionDefinition, services: EnvironmentServices): FunctionPool {
  /** Environments, least recently used first. */
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
      // Unless the environment has ended, it moves to the end of the set, as the most recently used one.
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
            // No invocation may go to an environment that is about to die.
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
