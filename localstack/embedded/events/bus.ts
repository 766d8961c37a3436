import { randomUUID } from 'node:crypto';
import { ACCOUNT_ID, REGION } from '../account.ts';
import { messageOf } from '../errors.ts';
import type { EventMatcher } from './event-pattern.ts';

/** An event on the bus: rules match it, and targets receive it. */
export type BusEvent = {
  version: '0';
  id: string;
  'detail-type': string;
  source: string;
  account: string;
  /** ISO 8601, whole seconds. */
  time: string;
  region: string;
  resources: string[];
  detail: unknown;
};

/** The event that Lambda puts on a bus when an asynchronous invocation ends; `record` is its invocation record. */
export function lambdaResultEvent(
  outcome: 'Success' | 'Failure',
  record: unknown,
  resources: string[],
  nowMs: number,
): BusEvent {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': `Lambda Function Invocation Result - ${outcome}`,
    source: 'lambda',
    account: ACCOUNT_ID,
    time: `${new Date(nowMs).toISOString().slice(0, 19)}Z`,
    region: REGION,
    resources,
    detail: record,
  };
}

/** A rule of the bus, with its pattern compiled. */
export type EventRule = {
  name: string;
  matches: EventMatcher;
  targets: readonly RuleTarget[];
};

export type RuleTarget = {
  functionArn: string;
  /** Queue for events that cannot be delivered; null drops them. */
  deadLetterArn: string | null;
  /** JSON for the target. Throws when this event has no such input. */
  input(event: BusEvent): string;
};

/** A payload for a function or a queue. */
type EventDelivery = { arn: string; payload: string };

/**
 * Deliveries of an event, rule by rule. A function accepts every delivery, so none is retried. An event without the
 * target's input never gets one: it goes to the target's dead-letter queue at once.
 */
export function routeEvent(event: BusEvent, rules: readonly EventRule[]): EventDelivery[] {
  return rules
    .filter(({ matches }) => matches(event))
    .flatMap(({ name, targets }) =>
      targets.flatMap(({ functionArn, deadLetterArn, input }): EventDelivery[] => {
        try {
          return [{ arn: functionArn, payload: input(event) }];
        } catch (error) {
          const payload = JSON.stringify(event);
          if (deadLetterArn !== null) return [{ arn: deadLetterArn, payload }];
          console.error(`Rule '${name}' has no input for '${functionArn}': ${messageOf(error)}; dropped ${payload}`);
          return [];
        }
      }),
    );
}
