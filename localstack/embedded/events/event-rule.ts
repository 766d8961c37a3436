import { messageOf } from '../errors.ts';
import type { BusEvent } from './bus-event.ts';
import type { EventMatcher } from './event-pattern.ts';

/** A rule of the bus, ready to be asked. */
export type EventRule = {
  name: string;
  matches: EventMatcher;
  targets: readonly RuleTarget[];
};

export type RuleTarget = {
  functionArn: string;
  /** Queue for what cannot be delivered; null drops it. */
  deadLetterArn: string | null;
  /** JSON for the target; throws when this event gives none. */
  input(event: BusEvent): string;
};

/** Something to hand to a function or a queue. */
export type EventDelivery = { arn: string; payload: string };

/**
 * What the rules make of an event, rule by rule. A function takes every delivery, so there is nothing to try again; an
 * event that gives no input, now or ever, goes to the target's dead-letter queue.
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
