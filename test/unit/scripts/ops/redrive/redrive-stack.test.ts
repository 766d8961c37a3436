import { describe, expect, it } from 'vitest';
import { tidemarkVersion } from '#bench/targets/stack-outputs.ts';
import { readRedriveOutputs } from '#ops/redrive/redrive-stack.ts';
import { UsageError } from '#text/usage-error.ts';

const OUTPUTS = {
  StreamName: 'Tidemark-events',
  MicroBatchFunction: 'Tidemark-micro-batch',
  FailedBatches: 'tidemark-failed',
  Paths: 'micro-batch',
  Version: tidemarkVersion(),
};

describe('a stack to redrive on', () => {
  it('needs no second path and no benchmark', () => {
    expect(readRedriveOutputs(OUTPUTS, 'Tidemark', 'npx cdk deploy')).toEqual({
      streamName: 'Tidemark-events',
      microBatchFunction: 'Tidemark-micro-batch',
      failedBatches: 'tidemark-failed',
    });
  });

  it('is refused where it is of another version', () => {
    expect(() => readRedriveOutputs({ ...OUTPUTS, Version: '0.0.1' }, 'Tidemark', 'npx cdk deploy')).toThrow(
      new UsageError(
        `Stack 'Tidemark' is 0.0.1, expected ${tidemarkVersion()} like this code: deploy it again with npx cdk deploy, or run this command from the code of 0.0.1`,
      ),
    );
  });

  it('is refused where it has no micro-batch path', () => {
    const { FailedBatches: _, MicroBatchFunction: __, ...outputs } = OUTPUTS;
    expect(() => readRedriveOutputs({ ...outputs, Paths: 'scheduled-batch' }, 'Tidemark', 'x')).toThrow(
      "Stack 'Tidemark' has paths 'scheduled-batch' and no micro-batch path",
    );
  });
});
