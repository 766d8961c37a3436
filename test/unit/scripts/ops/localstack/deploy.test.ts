import { describe, expect, it } from 'vitest';
import { emulatorOf } from '#bench/targets/emulator.ts';
import { renderDeployed } from '#ops/localstack/deploy.ts';

describe('what is said of a stack once it is deployed', () => {
  it('is its outputs and the commands to go on with', () => {
    const outputs = { StreamName: 'Tidemark-events', RunStreamPrefix: '' };

    expect(renderDeployed('Tidemark', emulatorOf({}), outputs).split('\n')).toEqual([
      'RunStreamPrefix',
      'StreamName       Tidemark-events',
      '',
      'Next:    npm run bench -- --target localstack',
      'Remove:  npm run destroy:localstack',
    ]);
  });

  it('carries a name and an endpoint that are not the standard ones', () => {
    const emulator = emulatorOf({ AWS_ENDPOINT_URL: 'http://127.0.0.1:9000' });

    expect(renderDeployed('Other', emulator, { Version: '1' }).split('\n').slice(-2)).toEqual([
      'Next:    AWS_ENDPOINT_URL=http://127.0.0.1:9000 npm run bench -- --target localstack --stack Other',
      'Remove:  AWS_ENDPOINT_URL=http://127.0.0.1:9000 npm run destroy:localstack -- --stack Other',
    ]);
  });
});
