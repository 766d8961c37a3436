import { emulatorOf } from './bench/targets/emulator.ts';
import { EXIT, endWith, onInterrupt } from './cli/command-end.ts';
import { parseDeployOptions } from './cli/commands/deploy-localstack.ts';
import { deployStack } from './ops/localstack/deploy.ts';

await endWith(async () => {
  const options = parseDeployOptions(process.argv.slice(2));
  if (options === null) return EXIT.done;
  if (await deployStack(options, emulatorOf(process.env), onInterrupt())) return EXIT.done;
  process.stderr.write('Interrupted: the stack may be incomplete; run the same command again to go on.\n');
  return EXIT.interrupted;
});
