import type { EventRule } from '../events/event-rule.ts';
import type { AsyncInvokeSettings } from '../lambda/async-invoke-settings.ts';
import type { FunctionDefinition } from '../lambda/function-definition.ts';
import type { Schedule } from '../scheduler/scheduler.ts';
import type { TriggerPlan } from './trigger-plan.ts';

/** Everything that a template asks the runtime to run, with every name and value resolved. */
export type StackPlan = {
  stackName: string;
  streams: { name: string; shardCount: number }[];
  functions: FunctionDefinition[];
  asyncInvokes: AsyncInvokeSettings[];
  /** CreateEventSourceMapping requests; `id` is what Ref gives for the mapping, hence its UUID here. */
  mappings: { logicalId: string; id: string; request: Record<string, unknown> }[];
  schedules: Schedule[];
  /** Those of the default event bus that are enabled. */
  rules: EventRule[];
  triggers: TriggerPlan[];
  buckets: string[];
  queues: string[];
  outputs: Record<string, string>;
};
