import { UsageError } from '#text/usage-error.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** A LocalStack-compatible endpoint, and who speaks to it. */
export type Emulator = {
  endpoint: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
};

export const STANDARD_ENDPOINT = 'http://127.0.0.1:4566';
const STANDARD_REGION = 'us-east-1';

/** @throws UsageError where AWS_ENDPOINT_URL is no URL, or only one of the two parts of the credentials is given */
export function emulatorOf(env: Environment): Emulator {
  const endpoint = env.AWS_ENDPOINT_URL || STANDARD_ENDPOINT;
  if (!/^https?:\/\//.test(endpoint) || !URL.canParse(endpoint)) {
    throw new UsageError(`Invalid AWS_ENDPOINT_URL '${endpoint}': expected a URL such as ${STANDARD_ENDPOINT}`);
  }
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = env;
  if (Boolean(accessKeyId) !== Boolean(secretAccessKey)) {
    throw new UsageError(
      'Only one of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY is set: expected both, or neither for test and test',
    );
  }
  return {
    endpoint,
    region: env.AWS_REGION || env.AWS_DEFAULT_REGION || STANDARD_REGION,
    credentials:
      accessKeyId && secretAccessKey
        ? { accessKeyId, secretAccessKey }
        : { accessKeyId: 'test', secretAccessKey: 'test' },
  };
}

/**
 * The CDK context of every stack that runs on an emulator: the embedded runtime, LocalStack and what is compatible with it
 * all get the same template.
 */
export const EMULATOR_CONTEXT: Readonly<Record<string, string>> = {
  database: 'external',
  benchmark: 'true',
  protect: 'false',
};
