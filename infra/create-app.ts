import { App } from 'aws-cdk-lib';
import { readConfig } from './config.ts';
import { TidemarkStack } from './stack.ts';

/**
 * Builds the app; `cdk` gives folder and context through the environment, a caller of our own through the arguments.
 *
 * @throws RangeError where the context is out of range
 */
export function createApp(props: { outdir?: string; context?: Record<string, unknown> } = {}): App {
  const app = new App({ ...props, analyticsReporting: false, treeMetadata: false });
  const config = readConfig((key) => app.node.tryGetContext(key));
  new TidemarkStack(app, config.name, config);
  return app;
}
