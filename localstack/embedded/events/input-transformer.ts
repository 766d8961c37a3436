import { EmbeddedStackError } from '../errors.ts';
import type { BusEvent } from './bus-event.ts';
import { readJsonPath, type ValueFinder } from './json-path.ts';

/** What the predefined variables of a template tell. */
export type RuleContext = { ruleName: string; ruleArn: string };

/** A JSON string of the template, or a placeholder outside of one. */
const PART = /"(?:[^"\\]|\\.)*"|<([\w.-]+)>/g;
const PLACEHOLDER = /<([\w.-]+)>/g;

/**
 * Reads an InputTransformer. Outside of quotes a placeholder becomes the value as JSON; inside, its bare text, which
 * EventBridge does not escape. What is not in the event is an empty text.
 * @returns gives what the target gets, as JSON
 * @throws EmbeddedStackError for a path that cannot be read or a placeholder that no path defines; the returned function
 * throws SyntaxError when the outcome is no JSON
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
