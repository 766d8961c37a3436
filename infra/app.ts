import { ContextError } from './config/context-error.ts';
import { createApp } from './create-app.ts';

try {
  createApp();
} catch (error) {
  if (!(error instanceof ContextError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1); // at once: the app would write an assembly without a stack when the process ends by itself
}
