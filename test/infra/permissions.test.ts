import { describe, expect, it } from 'vitest';
import { templateOf } from '../support/templates.ts';

type Statement = { Action: string | string[]; Resource: unknown; Effect: string };

/** Each policy statement, as text, with the policy that it stands in. */
function statements(context: Record<string, string>): { policy: string; actions: string[]; resource: string }[] {
  const policies = templateOf(context).findResources('AWS::IAM::Policy');
  return Object.entries(policies).flatMap(([policy, { Properties }]) =>
    (Properties.PolicyDocument.Statement as Statement[]).map(({ Action, Resource }) => ({
      policy,
      actions: [Action].flat(),
      resource: JSON.stringify(Resource),
    })),
  );
}

describe('who may read the streams of runs', () => {
  it('is nobody in a stack that was not deployed for benchmarks', () => {
    expect(statements({}).filter(({ resource }) => resource.includes('-run-'))).toEqual([]);
    expect(templateOf().toJSON().Outputs.RunStreamPrefix.Value).toBe('');
  });

  it('is the two counting functions in one that was, for reading only and by its own prefix', () => {
    const context = { benchmark: 'true', name: 'Bench' };
    const ofRuns = statements(context).filter(({ resource }) => resource.includes('-run-'));

    expect(ofRuns.map(({ policy }) => policy.replace(/Function.*/, '')).sort()).toEqual([
      'MicroBatch',
      'ScheduledBatch',
    ]);
    for (const { actions, resource } of ofRuns) {
      expect(resource).toContain('stream/Bench-run-*');
      expect(actions.filter((action) => !/^kinesis:(Get|List|Describe)/.test(action))).toEqual([]);
    }
    expect(templateOf(context).toJSON().Outputs.RunStreamPrefix.Value).toBe('Bench-run-');
  });
});

describe('what the functions may do', () => {
  it.each([{}, { benchmark: 'true' }])('is never everything, nor to every resource (%j)', (context) => {
    const broad = statements(context).filter(({ actions, resource }) => actions.includes('*') || resource === '"*"');
    expect(broad).toEqual([]);
  });

  it('does not include writing to a stream', () => {
    const writes = statements({ benchmark: 'true' }).flatMap(({ actions }) =>
      actions.filter((action) => /^kinesis:(Put|\*|Create|Delete|Merge|Split|Update)/.test(action)),
    );
    expect(writes).toEqual([]);
  });
});

describe("the database's address", () => {
  it('is a parameter that is not shown and has no default, so that no password stands in the template', () => {
    const template = templateOf().toJSON();
    expect(template.Parameters.DatabaseUrl).toEqual({
      Type: 'String',
      NoEcho: true,
      Description: 'postgres://user:password@host:port/database',
    });
    const text = JSON.stringify({ ...template, Parameters: undefined });
    expect(text).not.toMatch(/postgres(ql)?:\/\//);
    expect(text).not.toMatch(/password/i);
  });
});
