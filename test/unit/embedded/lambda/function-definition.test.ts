import { describe, expect, it } from 'vitest';
import { parseFunctionName } from '#localstack/embedded/lambda/function-definition.ts';

describe('parseFunctionName', () => {
  it.each([
    ['counter', 'counter', null],
    ['counter:1', 'counter', '1'],
    ['000000000000:function:counter', 'counter', null],
    ['arn:aws:lambda:us-east-1:000000000000:function:counter', 'counter', null],
    ['arn:aws:lambda:us-east-1:000000000000:function:counter:$LATEST', 'counter', '$LATEST'],
  ])('reads %s', (reference, functionName, qualifier) => {
    expect(parseFunctionName(reference)).toEqual({ functionName, qualifier });
  });
});
