/** A function as a caller names it. The qualifier is a version ("$LATEST", "1") or null. */
export type FunctionReference = { functionName: string; qualifier: string | null };

const ARN = /^arn:[^:]+:lambda:[^:]*:\d{12}:function:([^:]+)(?::([^:]+))?$/;
const PARTIAL_ARN = /^\d{12}:function:([^:]+)(?::([^:]+))?$/;
const NAME = /^([^:]+)(?::([^:]+))?$/;

/** Takes what Lambda's API takes: a name, a partial ARN or an ARN, each with or without a qualifier. */
export function parseFunctionName(reference: string): FunctionReference {
  const [, functionName = reference, qualifier = null] =
    ARN.exec(reference) ?? PARTIAL_ARN.exec(reference) ?? NAME.exec(reference) ?? [];
  return { functionName, qualifier };
}

/** Whether the runtime has this version: $LATEST, or the published one, which is the template's too. */
export function isKnownQualifier(qualifier: string | null): boolean {
  return qualifier === null || ['$LATEST', '1'].includes(qualifier);
}
