import { EmbeddedStackError } from '../errors.ts';
import type { Schedule } from '../scheduler/scheduler.ts';
import { readAssembly, type Template } from './assembly.ts';
import { planAsyncInvokes, planFunction } from './function-plan.ts';
import { resolveValue } from './intrinsics.ts';
import { nested, optionalNumber, optionalText, type Properties, requiredText } from './properties.ts';
import { resourceType } from './resource-types.ts';
import { planRule } from './rule-plan.ts';
import { type TemplateScope, templateScope } from './scope.ts';
import { checkDestinations, type StackPlan } from './stack-plan.ts';
import { planTriggers } from './trigger-plan.ts';

/** Function of aws-cdk-lib behind Custom::Trigger. The runtime invokes the handlers itself instead. */
const TRIGGER_PROVIDER_PREFIX = 'AWSCDKTriggerCustomResourceProvider';

/**
 * Reads an assembly and resolves its template with the parameters. It starts nothing.
 * @throws EmbeddedStackError that names the resource which cannot run
 */
export function planStack(assemblyDir: string, parameters: Record<string, string>): StackPlan {
  const { stackName, template, assetFolder } = readAssembly(assemblyDir);
  const scope = templateScope(template, stackName, parameters);
  const resources = activeResources(template, scope);
  const ofType = (type: string) =>
    resources
      .filter((resource) => resource.type === type)
      .map(({ logicalId }) => ({ logicalId, name: scope.physicalName(logicalId) }));
  const propertiesOf = (logicalId: string, names?: readonly string[]) =>
    resolveProperties(template, scope, logicalId, names);

  const plan: StackPlan = {
    stackName,
    streams: ofType('AWS::Kinesis::Stream').map(({ logicalId, name }) => ({
      name,
      shardCount: optionalNumber(propertiesOf(logicalId, ['ShardCount']), 'ShardCount') ?? 1,
    })),
    functions: ofType('AWS::Lambda::Function')
      .filter(({ logicalId }) => !logicalId.startsWith(TRIGGER_PROVIDER_PREFIX))
      .map(({ logicalId, name }) => planFunction(name, propertiesOf(logicalId), assetFolder)),
    asyncInvokes: ofType('AWS::Lambda::EventInvokeConfig').map(({ logicalId }) =>
      planAsyncInvokes(propertiesOf(logicalId)),
    ),
    mappings: ofType('AWS::Lambda::EventSourceMapping').map(({ logicalId, name }) => ({
      logicalId,
      id: name,
      request: propertiesOf(logicalId).values,
    })),
    schedules: ofType('AWS::Scheduler::Schedule').map(({ logicalId, name }) =>
      planSchedule(name, propertiesOf(logicalId)),
    ),
    rules: ofType('AWS::Events::Rule')
      .map(({ logicalId, name }) => planRule(name, propertiesOf(logicalId)))
      .filter((rule) => rule !== null),
    triggers: planTriggers(
      template,
      ofType('Custom::Trigger').map(({ logicalId }) => ({ logicalId, properties: propertiesOf(logicalId) })),
    ),
    buckets: ofType('AWS::S3::Bucket').map(({ name }) => name),
    queues: ofType('AWS::SQS::Queue').map(({ name }) => name),
    outputs: resolveOutputs(template, scope),
  };
  checkDestinations(plan);
  return plan;
}

function activeResources(template: Template, scope: TemplateScope): { logicalId: string; type: string }[] {
  const resources = Object.entries(template.Resources);
  for (const [logicalId, { Type }] of resources) resourceType(Type, logicalId);
  return resources
    .filter(([logicalId, { Condition }]) => Condition === undefined || scope.condition(Condition, logicalId))
    .map(([logicalId, { Type }]) => ({ logicalId, type: Type }));
}

/** Resolves the named properties only, when the others have no effect here and may use unsupported functions. */
function resolveProperties(
  template: Template,
  scope: TemplateScope,
  logicalId: string,
  names?: readonly string[],
): Properties {
  const all = template.Resources[logicalId]?.Properties ?? {};
  const wanted = names === undefined ? all : Object.fromEntries(names.map((name) => [name, all[name]]));
  const place = `resource '${logicalId}'`;
  return { place, values: resolveValue(wanted, scope, place) as Properties['values'] };
}

/** RetryPolicy and DeadLetterConfig are ignored, since a function of this stack accepts every tick. */
function planSchedule(name: string, properties: Properties): Schedule {
  const target = nested(properties, 'Target');
  return {
    name,
    expression: requiredText(properties, 'ScheduleExpression'),
    timeZone: optionalText(properties, 'ScheduleExpressionTimezone') ?? 'UTC',
    enabled: optionalText(properties, 'State') !== 'DISABLED',
    targetArn: requiredText(target, 'Arn'),
    input: optionalText(target, 'Input') ?? '{}',
  };
}

function resolveOutputs(template: Template, scope: TemplateScope): Record<string, string> {
  return Object.fromEntries(
    Object.entries(template.Outputs ?? {})
      .filter(([key, { Condition }]) => Condition === undefined || scope.condition(Condition, `output '${key}'`))
      .map(([key, { Value }]) => {
        const value = resolveValue(Value, scope, `output '${key}'`);
        if (typeof value === 'string' || typeof value === 'number') return [key, String(value)];
        throw new EmbeddedStackError(`Output '${key}' is ${JSON.stringify(value)}: expected a text; see the template`);
      }),
  );
}
