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
  /** Most environments at a time; null = no limit of its own. */
  reservedConcurrency: number | null;
  logGroupName: string;
};
