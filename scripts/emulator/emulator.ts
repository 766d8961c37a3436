import { devNull } from 'node:os';
import { UsageError } from '../usage-error.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** A LocalStack-compatible endpoint, and who speaks to it. */
export type Emulator = {
  endpoint: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
};

export const STANDARD_ENDPOINT = 'http://127.0.0.1:4566';
const STANDARD_REGION = 'us-east-1';

/** @throws UsageError where AWS_ENDPOINT_URL is no URL */
export function emulatorOf(env: Environment): Emulator {
  const endpoint = env.AWS_ENDPOINT_URL || STANDARD_ENDPOINT;
  if (!/^https?:\/\//.test(endpoint) || !URL.canParse(endpoint)) {
    throw new UsageError(`Invalid AWS_ENDPOINT_URL '${endpoint}': expected a URL such as ${STANDARD_ENDPOINT}`);
  }
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = env;
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
 * The environment of a program that must reach the emulator and nothing else: an endpoint of one service, a profile or a
 * switch that ignores endpoints would each lead it to AWS.
 */
export function environmentFor({ endpoint, region, credentials }: Emulator, env: Environment): NodeJS.ProcessEnv {
  const others = Object.entries(env).filter(([name]) => !/^(AWS|CDK)_/.test(name));
  const noProxy = [env.no_proxy || env.NO_PROXY, new URL(endpoint).hostname].filter(Boolean).join(',');
  return {
    ...Object.fromEntries(others),
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: 'true',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    NO_PROXY: noProxy,
    no_proxy: noProxy, // some libraries ask for one, some for the other
  };
}
