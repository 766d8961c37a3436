import { type AsyncInvokeSettings, defaultAsyncInvokeSettings } from '../lambda/async-invocations.ts';
import { type FunctionDefinition, parseFunctionName } from '../lambda/function-definition.ts';
import { expected, nested, optionalNumber, optionalText, type Properties, requiredText } from './properties.ts';

/** Unsupported properties: each would change a function's behaviour. */
const REFUSED = ['Layers', 'FileSystemConfigs', 'ImageConfig', 'SnapStart'];

/**
 * Plans a function from the resolved properties of its AWS::Lambda::Function. Architecture, role, VPC and tracing are
 * ignored, since its code runs on this machine.
 * @throws EmbeddedStackError for code that is not a bundled Node.js asset
 */
export function planFunction(
  functionName: string,
  properties: Properties,
  assetFolder: (objectKey: string) => string,
): FunctionDefinition {
  for (const name of REFUSED) {
    if (properties.values[name] !== undefined)
      expected(properties, name, 'no value (the embedded runtime does not support it)');
  }
  const runtime = requiredText(properties, 'Runtime');
  if (!runtime.startsWith('nodejs')) expected(properties, 'Runtime', 'a nodejs runtime');

  const variables = nested(nested(properties, 'Environment'), 'Variables');
  return {
    functionName,
    handler: requiredText(properties, 'Handler'),
    codeDir: assetFolder(requiredText(nested(properties, 'Code'), 'S3Key')),
    runtime,
    memorySizeMb: optionalNumber(properties, 'MemorySize') ?? 128,
    timeoutSeconds: optionalNumber(properties, 'Timeout') ?? 3,
    environment: Object.fromEntries(Object.keys(variables.values).map((name) => [name, requiredText(variables, name)])),
    reservedConcurrency: optionalNumber(properties, 'ReservedConcurrentExecutions') ?? null,
    logGroupName: optionalText(nested(properties, 'LoggingConfig'), 'LogGroup') ?? `/aws/lambda/${functionName}`,
  };
}

/** The settings of an AWS::Lambda::EventInvokeConfig. */
export function planAsyncInvokes(properties: Properties): AsyncInvokeSettings {
  const { functionName } = parseFunctionName(requiredText(properties, 'FunctionName'));
  const defaults = defaultAsyncInvokeSettings(functionName);
  const destinations = nested(properties, 'DestinationConfig');
  return {
    functionName,
    maximumRetryAttempts: optionalNumber(properties, 'MaximumRetryAttempts') ?? defaults.maximumRetryAttempts,
    maximumEventAgeSeconds: optionalNumber(properties, 'MaximumEventAgeInSeconds') ?? defaults.maximumEventAgeSeconds,
    onSuccessArn: optionalText(nested(destinations, 'OnSuccess'), 'Destination') ?? null,
    onFailureArn: optionalText(nested(destinations, 'OnFailure'), 'Destination') ?? null,
  };
}
