import { DEFAULT_EVENT_BUS_ARN, ruleArn } from '../account.ts';
import type { EventRule, RuleTarget } from '../events/bus.ts';
import { readEventPattern } from '../events/event-pattern.ts';
import { readInputTransformer, readJsonPath } from '../events/input-transformer.ts';
import { expected, nested, nestedList, optionalText, type Properties, requiredText } from './properties.ts';

const INPUTS = ['Input', 'InputPath', 'InputTransformer'];

/**
 * Plans a rule from the resolved properties of its AWS::Events::Rule; null when it is disabled. RetryPolicy is ignored,
 * since a function accepts every delivery.
 * @throws EmbeddedStackError for a bus other than the default, a schedule, or an unsupported pattern or input
 */
export function planRule(name: string, properties: Properties): EventRule | null {
  const bus = optionalText(properties, 'EventBusName') ?? 'default';
  if (bus !== 'default' && bus !== DEFAULT_EVENT_BUS_ARN) expected(properties, 'EventBusName', 'the default event bus');
  if (properties.values.ScheduleExpression !== undefined) {
    expected(properties, 'ScheduleExpression', 'no value (an AWS::Scheduler::Schedule is for times)');
  }
  const matches = readEventPattern(properties.values.EventPattern, `${properties.place}.EventPattern`);
  const targets = nestedList(properties, 'Targets').map((target) => planTarget(name, target));
  return optionalText(properties, 'State') === 'DISABLED' ? null : { name, matches, targets };
}

function planTarget(ruleName: string, target: Properties): RuleTarget {
  const given = INPUTS.filter((name) => target.values[name] !== undefined);
  if (given.length > 1) expected(target, given[1] ?? '', `no value beside ${given[0]}`);
  return {
    functionArn: requiredText(target, 'Arn'),
    deadLetterArn: optionalText(nested(target, 'DeadLetterConfig'), 'Arn') ?? null,
    input: planInput(ruleName, target),
  };
}

function planInput(ruleName: string, target: Properties): RuleTarget['input'] {
  const input = optionalText(target, 'Input');
  if (input !== undefined) return () => input;

  const path = optionalText(target, 'InputPath');
  if (path !== undefined) {
    const find = readJsonPath(path, `${target.place}.InputPath`);
    return (event) => {
      const value = find(event);
      if (value === undefined) throw new Error(`the event has no ${path}`);
      return JSON.stringify(value);
    };
  }
  if (target.values.InputTransformer === undefined) return (event) => JSON.stringify(event);

  const transformer = nested(target, 'InputTransformer');
  const paths = nested(transformer, 'InputPathsMap');
  return readInputTransformer(
    Object.fromEntries(Object.keys(paths.values).map((key) => [key, requiredText(paths, key)])),
    requiredText(transformer, 'InputTemplate'),
    { ruleName, ruleArn: ruleArn(ruleName) },
    transformer.place,
  );
}
