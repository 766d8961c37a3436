import { describe, expect, it } from 'vitest';
import { resolveValue, type Scope } from '#localstack/embedded/template/intrinsics.ts';

const SCOPE: Scope = {
  ref: (logicalId) => (logicalId === 'AWS::NoValue' ? undefined : `ref-${logicalId}`),
  attribute: (logicalId, attribute) => `${logicalId}.${attribute}`,
  condition: (name) => name === 'Yes',
};

describe('resolveValue', () => {
  it.each([
    ['Ref', { Ref: 'Stream' }, 'ref-Stream'],
    ['Fn::GetAtt as a list', { 'Fn::GetAtt': ['Stream', 'Arn'] }, 'Stream.Arn'],
    ['Fn::GetAtt as a text', { 'Fn::GetAtt': 'Stream.Arn' }, 'Stream.Arn'],
    ['Fn::Join', { 'Fn::Join': ['-', ['a', { Ref: 'B' }, 3]] }, 'a-ref-B-3'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the syntax of Fn::Sub
    ['Fn::Sub', { 'Fn::Sub': 'x-${A}-${B.Arn}-${!C}' }, 'x-ref-A-B.Arn-${C}'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the syntax of Fn::Sub
    ['Fn::Sub with variables', { 'Fn::Sub': ['x-${Own}', { Own: { Ref: 'A' } }] }, 'x-ref-A'],
    ['Fn::Select of Fn::Split', { 'Fn::Select': [1, { 'Fn::Split': ['/', 'a/b/c'] }] }, 'b'],
    ['Fn::If', { 'Fn::If': ['Yes', 'then', 'else'] }, 'then'],
    ['Fn::Equals', { 'Fn::Equals': [{ Ref: 'A' }, 'ref-A'] }, true],
    ['AWS::NoValue', { kept: 1, dropped: { Ref: 'AWS::NoValue' } }, { kept: 1 }],
    ['nested values', [{ deep: { Ref: 'A' } }], [{ deep: 'ref-A' }]],
  ])('resolves %s', (_what, value, expected) => {
    expect(resolveValue(value, SCOPE, 'here')).toEqual(expected);
  });

  it('names an intrinsic function that it does not know, and the place', () => {
    const value = { Key: { 'Fn::ImportValue': 'other' } };
    expect(() => resolveValue(value, SCOPE, "resource 'A'")).toThrow(
      "Cannot resolve resource 'A'.Key: 'Fn::ImportValue' is not one of Ref,",
    );
  });
});
