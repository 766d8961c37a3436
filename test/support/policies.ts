import type { Template } from 'aws-cdk-lib/assertions';
import { resourcesOf, textOf } from './templates.ts';

type Statement = {
  Effect: string;
  Action: string | string[];
  Resource: unknown;
  Principal?: Record<string, unknown>;
  Condition?: Record<string, Record<string, unknown>>;
};

/**
 * All permissions of a function's role, each statement as one line: `kinesis:ListShards on <Stream.Arn>`. A denial begins
 * with `not`.
 *
 * @param entry name of the function without the stack's name
 */
export function grantsOf(template: Template, entry: string): string[] {
  const role = roleOf(template, entry);
  const { Properties } = resourcesOf(template, 'AWS::IAM::Role')[role] ?? fail(`No role '${role}'`);
  const inline = (Properties.Policies ?? []) as { PolicyDocument: { Statement: Statement[] } }[];
  const attached = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy']
    .flatMap((type) => Object.values(resourcesOf(template, type)))
    .filter((policy) => JSON.stringify(policy.Properties.Roles ?? []).includes(role))
    .map((policy) => policy.Properties as { PolicyDocument: { Statement: Statement[] } });
  return [
    ...[...inline, ...attached].flatMap(({ PolicyDocument }) => PolicyDocument.Statement.map(lineOf)),
    ...((Properties.ManagedPolicyArns ?? []) as unknown[]).map((arn) => `all of ${textOf(arn)}`),
  ].sort();
}

/** The logical id of a function's role. */
export function roleOf(template: Template, entry: string): string {
  const own = Object.values(resourcesOf(template, 'AWS::Lambda::Function')).filter(({ Properties }) =>
    String(Properties.FunctionName).endsWith(`-${entry}`),
  );
  const [found] = own;
  if (own.length !== 1 || found === undefined) return fail(`${own.length} functions '${entry}'`);
  return textOf(found.Properties.Role).slice(1, -'.Arn>'.length);
}

/** A statement as one line, with its condition. */
export function lineOf({ Effect, Action, Resource, Condition, Principal }: Statement): string {
  const resources = [Resource].flat().map(textOf).sort().join(', ');
  const conditions = Object.entries(Condition ?? {}).flatMap(([operator, pairs]) =>
    Object.entries(pairs).map(([key, value]) => `${operator} ${key} ${textOf(value)}`),
  );
  return [
    Effect === 'Deny' ? 'not ' : '',
    Principal === undefined ? '' : `${Object.values(Principal).map(textOf).join(', ')}: `,
    `${[Action].flat().sort().join(' ')} on ${resources}`,
    ...conditions.map((condition) => ` if ${condition}`),
  ].join('');
}

function fail(message: string): never {
  throw new Error(message);
}
