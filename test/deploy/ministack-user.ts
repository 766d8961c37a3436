import { startMinistack } from '#localstack/ministack/start.ts';

// Program for ministack.test.ts: a main program that starts MiniStack, and gets killed.
const { url } = await startMinistack(process.argv[2] ?? '');
process.stdout.write(`${url}\n`);
