import { App, type StackProps } from 'aws-cdk-lib';
import type { Config } from './config/config.ts';
import { EMULATOR_ACCOUNT } from './config/emulator-account.ts';
import { readConfig, requireKnown } from './config/read-config.ts';
import { TidemarkStack } from './stack.ts';

/**
 * Builds the app; `cdk` gives folder and context through the environment, a caller of our own through the arguments.
 *
 * @throws ContextError where the context is out of range, unknown, or asks for what is impossible
 */
export function createApp(props: { outdir?: string; context?: Record<string, unknown> } = {}): App {
  const app = new App({ ...props, analyticsReporting: false, treeMetadata: false });
  const config = readConfig((key) => app.node.tryGetContext(key), process.env.CDK_DEFAULT_ACCOUNT);
  requireKnown(Object.keys(app.node.getAllContext()), config);
  new TidemarkStack(app, config.name, config, placeOf(config));
  return app;
}

/** A database URL in plain text is pinned to the emulators' account; any other stack goes where the credentials lead. */
function placeOf({ database, databaseSecret }: Config): StackProps {
  if (database === 'aurora' || databaseSecret !== null) return {};
  return { env: { account: EMULATOR_ACCOUNT, region: process.env.CDK_DEFAULT_REGION ?? 'us-east-1' } };
}
