import { devNull } from 'node:os';
import type { Emulator } from '#bench/targets/emulator.ts';

type Environment = Readonly<Record<string, string | undefined>>;

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
