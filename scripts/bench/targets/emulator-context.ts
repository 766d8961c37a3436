/**
 * The CDK context of every stack that runs on an emulator: the embedded runtime, LocalStack and what is compatible with it
 * all get the same template.
 */
export const EMULATOR_CONTEXT: Readonly<Record<string, string>> = {
  database: 'external',
  benchmark: 'true',
  protect: 'false',
};
