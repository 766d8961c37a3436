import { type Emulator, STANDARD_ENDPOINT } from '#bench/targets/emulator.ts';
import { DEFAULT_STACK } from '#bench/targets/target.ts';

/** What was deployed, and how to go on. */
export function renderDeployed(
  stack: string,
  { endpoint }: Emulator,
  outputs: Readonly<Record<string, string>>,
): string {
  const names = Object.keys(outputs).sort();
  const width = Math.max(...names.map((name) => name.length)) + 2;
  const where = endpoint === STANDARD_ENDPOINT ? '' : `AWS_ENDPOINT_URL=${endpoint} `;
  const which = stack === DEFAULT_STACK ? '' : ` --stack ${stack}`;
  return [
    ...names.map((name) => `${name.padEnd(width)}${outputs[name]}`.trimEnd()),
    '',
    `Next:    ${where}npm run bench -- --target localstack${which}`,
    `Remove:  ${where}npm run destroy:localstack${which === '' ? '' : ` --${which}`}`,
  ].join('\n');
}
