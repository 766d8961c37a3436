import { bucketArn, DEFAULT_EVENT_BUS_ARN, queueArn } from '../account.ts';
import { EmbeddedStackError } from '../errors.ts';
import type { EventRule } from '../events/bus.ts';
import type { AsyncInvokeSettings } from '../lambda/async-invocations.ts';
import { type FunctionDefinition, isKnownQualifier, parseFunctionName } from '../lambda/function-definition.ts';
import type { Schedule } from '../scheduler/scheduler.ts';
import type { TriggerPlan } from './trigger-plan.ts';

/** Everything that the runtime starts for a template, with all names and values resolved. */
export type StackPlan = {
  stackName: string;
  streams: { name: string; shardCount: number }[];
  functions: FunctionDefinition[];
  asyncInvokes: AsyncInvokeSettings[];
  /** CreateEventSourceMapping requests; `id` is the mapping's UUID, which Ref returns. */
  mappings: { logicalId: string; id: string; request: Record<string, unknown> }[];
  schedules: Schedule[];
  /** Enabled rules of the default event bus. */
  rules: EventRule[];
  triggers: TriggerPlan[];
  buckets: string[];
  queues: string[];
  outputs: Record<string, string>;
};

/** Kind of target that an ARN of the plan names. */
type Kind = 'function' | 'queue' | 'bucket' | 'default event bus';

/**
 * Checks that all destinations, targets and dead-letter queues belong to this stack, so that nothing sent gets lost.
 * @throws EmbeddedStackError that names the first that does not
 */
export function checkDestinations(plan: StackPlan): void {
  const kindOf = kindsOf(plan);
  const check = (what: string, arn: string | null, allowed: readonly Kind[]): void => {
    if (arn === null) return;
    const kind = kindOf(arn);
    if (kind !== null && allowed.includes(kind)) return;
    throw new EmbeddedStackError(
      `Cannot send to the ${what}: got '${arn}', expected a ${allowed.join(', ')} of this stack; see the template`,
    );
  };

  for (const { functionName, onSuccessArn, onFailureArn } of plan.asyncInvokes) {
    check(`on-success destination of '${functionName}'`, onSuccessArn, ['function', 'queue', 'default event bus']);
    check(`on-failure destination of '${functionName}'`, onFailureArn, [
      'function',
      'queue',
      'bucket',
      'default event bus',
    ]);
  }
  for (const { name, targetArn } of plan.schedules) check(`target of schedule '${name}'`, targetArn, ['function']);
  for (const { name, targets } of plan.rules) {
    for (const { functionArn, deadLetterArn } of targets) {
      check(`target of rule '${name}'`, functionArn, ['function']);
      check(`dead-letter queue of rule '${name}'`, deadLetterArn, ['queue']);
    }
  }
}

function kindsOf(plan: StackPlan): (arn: string) => Kind | null {
  const functionNames = new Set(plan.functions.map(({ functionName }) => functionName));
  const others = new Map<string, Kind>([
    ...plan.queues.map((name): [string, Kind] => [queueArn(name), 'queue']),
    ...plan.buckets.map((name): [string, Kind] => [bucketArn(name), 'bucket']),
    [DEFAULT_EVENT_BUS_ARN, 'default event bus'],
  ]);
  return (arn) => {
    const { functionName, qualifier } = parseFunctionName(arn);
    const isFunction = functionNames.has(functionName) && isKnownQualifier(qualifier);
    return others.get(arn) ?? (isFunction ? 'function' : null);
  };
}
