import { startEmbeddedStack } from '#localstack/embedded/stack.ts';

// Program for lifetime.test.ts: a main program that starts a stack, invokes its spinning function, and gets killed.
const [assemblyDir = ''] = process.argv.slice(2);
const { endpoints } = await startEmbeddedStack({ assemblyDir, parameters: {} });
process.stdout.write(`${endpoints.lambda}\n`);
