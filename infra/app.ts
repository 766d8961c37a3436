import { ContextError } from './config/context-values.ts';
import { createApp } from './create-app.ts';

try {
  createApp();
} catch (error) {
  if (!(error instanceof ContextError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1); // end at once, otherwise the app writes an assembly without a stack
}
