import { App, type StackProps } from 'aws-cdk-lib';
import type { Config } from './config/config.ts';
import { EMULATOR_ACCOUNT } from './config/emulator-account.ts';
import { readConfig, requireKnown } from './config/read-config.ts';
import { TidemarkStack } from './stack.ts';

/**
 * Builds the app. `cdk` passes folder and context through the environment; the project's own callers pass arguments.
 *
 * @throws ContextError for a context that is unknown, out of range or impossible
 */
export function createApp(props: { outdir?: string; context?: Record<string, unknown> } = {}): App {
  const app = new App({ ...props, analyticsReporting: false, treeMetadata: false });
  const config = readConfig((key) => app.node.tryGetContext(key), process.env.CDK_DEFAULT_ACCOUNT);
  requireKnown(Object.keys(app.node.getAllContext()), config);
  new TidemarkStack(app, config.name, config, placeOf(config));
  return app;
}

/** A stack with a plain database URL is bound to the emulators' account. Any other stack follows the credentials. */
function placeOf({ database, databaseSecret }: Config): StackProps {
  if (database === 'aurora' || databaseSecret !== null) return {};
  return { env: { account: EMULATOR_ACCOUNT, region: process.env.CDK_DEFAULT_REGION ?? 'us-east-1' } };
}
