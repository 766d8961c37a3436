import { EmbeddedStackError } from '../errors.ts';
import type { Template } from './assembly.ts';
import { optionalText, type Properties, requiredText } from './properties.ts';

/** A Custom::Trigger of aws-cdk-lib/triggers: a function that runs once while the stack starts. */
export type TriggerPlan = { logicalId: string; handlerArn: string; waitForAnswer: boolean };

type Trigger = { logicalId: string; properties: Properties };

/**
 * Orders triggers by their dependencies, direct ones and those through other resources.
 * @throws EmbeddedStackError for a circular dependency
 */
export function planTriggers(template: Template, triggers: Trigger[]): TriggerPlan[] {
  const byId = new Map(triggers.map((trigger) => [trigger.logicalId, trigger]));
  const ordered = new Map<string, TriggerPlan>();
  const visited = new Set<string>();

  const visit = (logicalId: string, path: readonly string[]): void => {
    if (path.includes(logicalId)) {
      throw new EmbeddedStackError(
        `Resources depend on each other in a circle: ${[...path, logicalId].join(' -> ')}; remove one DependsOn`,
      );
    }
    if (visited.has(logicalId)) return;
    for (const dependency of dependenciesOf(template, logicalId)) visit(dependency, [...path, logicalId]);
    visited.add(logicalId);
    const trigger = byId.get(logicalId);
    if (trigger !== undefined) ordered.set(logicalId, planTrigger(trigger));
  };

  for (const { logicalId } of triggers) visit(logicalId, []);
  return [...ordered.values()];
}

function dependenciesOf(template: Template, logicalId: string): string[] {
  const dependencies = template.Resources[logicalId]?.DependsOn ?? [];
  return typeof dependencies === 'string' ? [dependencies] : dependencies;
}

function planTrigger({ logicalId, properties }: Trigger): TriggerPlan {
  return {
    logicalId,
    handlerArn: requiredText(properties, 'HandlerArn'),
    waitForAnswer: optionalText(properties, 'InvocationType') !== 'Event',
  };
}
