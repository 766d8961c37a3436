import { startEmbeddedStack } from '#localstack/embedded/stack.ts';

// Program for lifetime.test.ts: it starts a stack, and the test invokes its functions and kills it.
const [assemblyDir = ''] = process.argv.slice(2);
const { endpoints } = await startEmbeddedStack({ assemblyDir, parameters: {} });
process.stdout.write(`${endpoints.lambda}\n`);
