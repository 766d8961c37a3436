import { UsageError } from '#text/usage-error.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** A LocalStack-compatible endpoint, and the credentials for it. */
export type Emulator = {
  endpoint: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
};

export const STANDARD_ENDPOINT = 'http://127.0.0.1:4566';
const STANDARD_REGION = 'us-east-1';

/**
 * Reads the emulator's endpoint, region and credentials from the environment.
 *
 * @throws UsageError if AWS_ENDPOINT_URL is no URL, or only one half of the credentials is set
 */
export function emulatorOf(env: Environment): Emulator {
  const endpoint = env.AWS_ENDPOINT_URL || STANDARD_ENDPOINT;
  if (!/^https?:\/\//.test(endpoint) || !URL.canParse(endpoint)) {
    throw new UsageError(`Invalid AWS_ENDPOINT_URL '${endpoint}': expected a URL such as ${STANDARD_ENDPOINT}`);
  }
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = env;
  if (Boolean(accessKeyId) !== Boolean(secretAccessKey)) {
    throw new UsageError(
      'Only one of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY is set: expected both, or neither (then both are test)',
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
 * The CDK context of every stack that runs on an emulator, so that the embedded runtime, LocalStack and compatible
 * emulators all get the same template.
 */
export const EMULATOR_CONTEXT: Readonly<Record<string, string>> = {
  database: 'external',
  benchmark: 'true',
  protect: 'false',
};
