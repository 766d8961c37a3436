import { emulatorOf } from './bench/targets/emulator.ts';
import { EXIT, endWith } from './cli/command-end.ts';
import { parseDestroyOptions } from './cli/commands/destroy-localstack.ts';
import { destroyStack } from './ops/localstack/destroy.ts';

await endWith(async () => {
  const options = parseDestroyOptions(process.argv.slice(2));
  if (options !== null) await destroyStack(options, emulatorOf(process.env));
  return EXIT.done;
});
