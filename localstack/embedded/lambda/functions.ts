import { randomUUID } from 'node:crypto';
import { functionArn } from '../account.ts';
import type { EnvironmentServices } from './environment.ts';
import type { FunctionDefinition } from './function-definition.ts';
import { isKnownQualifier, parseFunctionName } from './function-name.ts';
import { createFunctionPool, type FunctionPool, type PooledEnvironment } from './function-pool.ts';
import type { InvocationResult } from './invocation-result.ts';
import { notFound } from './service-error.ts';

/** The stack's functions, by name, partial ARN or ARN. */
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
