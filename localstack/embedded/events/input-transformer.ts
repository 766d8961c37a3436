import { EmbeddedStackError } from '../errors.ts';
import type { BusEvent } from './bus.ts';

/** Values of the predefined variables that name the rule. */
type RuleContext = { ruleName: string; ruleArn: string };

/** A JSON string of the template, or a placeholder outside of one. */
const PART = /"(?:[^"\\]|\\.)*"|<([\w.-]+)>/g;
const PLACEHOLDER = /<([\w.-]+)>/g;

/**
 * Reads an InputTransformer. A placeholder outside of quotes becomes the value as JSON. Inside quotes it becomes the bare
 * text, which EventBridge does not escape. A missing value becomes an empty text.
 * @returns a function from an event to the target's JSON; it throws SyntaxError when the result is not JSON
 * @throws EmbeddedStackError for a path that cannot be read, or a placeholder without a path
 */
export function readInputTransformer(
  paths: Record<string, string>,
  template: string,
  rule: RuleContext,
  place: string,
): (event: BusEvent) => string {
  const variables = new Map<string, ValueFinder>([
    ...predefinedVariables(rule),
    ...Object.entries(paths).map(([name, path]): [string, ValueFinder] => [
      name,
      readJsonPath(path, `${place}.InputPathsMap.${name}`),
    ]),
  ]);
  for (const [placeholder, name = ''] of template.matchAll(PLACEHOLDER)) {
    if (variables.has(name)) continue;
    throw new EmbeddedStackError(
      `Cannot read ${place}.InputTemplate: the placeholder '${placeholder}' is in no InputPathsMap; define its path`,
    );
  }
  return (event) => {
    const lookUp = (name: string): unknown => {
      const value = variables.get(name)?.(event);
      return value === undefined ? '' : value;
    };
    const filled = template.replace(PART, (part, name?: string) =>
      name === undefined
        ? part.replace(PLACEHOLDER, (_placeholder, inner: string) => bareText(lookUp(inner)))
        : JSON.stringify(lookUp(name)),
    );
    return JSON.stringify(JSON.parse(filled));
  };
}

function predefinedVariables({ ruleName, ruleArn }: RuleContext): [string, ValueFinder][] {
  return [
    ['aws.events.rule-name', () => ruleName],
    ['aws.events.rule-arn', () => ruleArn],
    ['aws.events.event.ingestion-time', (event) => (event as BusEvent).time],
    ['aws.events.event', (event) => ({ ...(event as BusEvent), detail: undefined })],
    ['aws.events.event.json', (event) => event],
  ];
}

function bareText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Finds a value in an event; undefined when it is missing. */
type ValueFinder = (event: unknown) => unknown;

const PATH = /^\$(?:\.[\w-]+|\[\d+\])*$/;
const STEP = /\.([\w-]+)|\[(\d+)\]/g;

/**
 * Reads a JSON path of names and list indices: `$`, `$.detail.instance-id`, `$.resources[0]`.
 * @param place where the path is in the template, for errors
 * @throws EmbeddedStackError for any other path
 */
export function readJsonPath(path: string, place: string): ValueFinder {
  if (!PATH.test(path)) {
    throw new EmbeddedStackError(
      `Cannot read ${place}: got the path '${path}', expected names and indices such as $.detail.items[0]; ` +
        'simplify it, or extend localstack/embedded/events/input-transformer.ts',
    );
  }
  const steps = [...path.matchAll(STEP)].map(([, name, index]) => name ?? index ?? '');
  return (event) =>
    steps.reduce<unknown>(
      (value, step) =>
        typeof value === 'object' && value !== null && Object.hasOwn(value, step)
          ? (value as Record<string, unknown>)[step]
          : undefined,
      event,
    );
}
