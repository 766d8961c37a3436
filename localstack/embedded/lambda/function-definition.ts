/** A function as its template resource describes it. */
export type FunctionDefinition = {
  functionName: string;
  /** "file.export", as in Lambda's Handler. */
  handler: string;
  /** Folder with the unpacked bundle. */
  codeDir: string;
  runtime: string;
  memorySizeMb: number;
  timeoutSeconds: number;
  environment: Record<string, string>;
  /** Most environments at a time; null without a reservation. */
  reservedConcurrency: number | null;
  logGroupName: string;
};

/** A caller's name for a function. The qualifier is a version ("$LATEST", "1") or null. */
type FunctionReference = { functionName: string; qualifier: string | null };

const ARN = /^arn:[^:]+:lambda:[^:]*:\d{12}:function:([^:]+)(?::([^:]+))?$/;
const PARTIAL_ARN = /^\d{12}:function:([^:]+)(?::([^:]+))?$/;
const NAME = /^([^:]+)(?::([^:]+))?$/;

/** Parses what Lambda's API accepts: a name, a partial ARN or an ARN, each with or without a qualifier. */
export function parseFunctionName(reference: string): FunctionReference {
  const [, functionName = reference, qualifier = null] =
    ARN.exec(reference) ?? PARTIAL_ARN.exec(reference) ?? NAME.exec(reference) ?? [];
  return { functionName, qualifier };
}

/** Whether the runtime has this version: $LATEST, or 1, the version that a template publishes. */
export function isKnownQualifier(qualifier: string | null): boolean {
  return qualifier === null || ['$LATEST', '1'].includes(qualifier);
}
