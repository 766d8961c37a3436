import { describe, expect, it } from 'vitest';
import { recordAgeHours } from '#infra/micro-batch/record-age.ts';
import { alarmsOf } from '../support/observed-metrics.ts';
import { observedTemplate } from '../support/observed-stack.ts';
import { readRunbook } from '../support/runbook.ts';
import { templateOf } from '../support/templates.ts';

const alarms = alarmsOf(observedTemplate());

describe('the runbook', () => {
  const sections = readRunbook();

  it.each(Object.values(alarms).map(({ AlarmName, AlarmDescription }) => [AlarmName, AlarmDescription]))(
    'has for %s: symptom, impact, deadline, query, mend, replay, check',
    (_, description) => {
      const section = sections.get(description?.match(/ See "(.+)" in docs/)?.[1] ?? '');
      expect([...(section ?? '').matchAll(/^\*\*(\w+)\.\*\*/gm)].map(([, part]) => part)).toEqual([
        'Symptom',
        'Impact',
        'Deadline',
        'Query',
        'Mend',
        'Replay',
        'Check',
      ]);
    },
  );

  it('lists the deadline of each alarm', () => {
    const listed = [...(sections.get('Deadlines') ?? '').matchAll(/^\| (\S.*?) \|/gm)].map(([, cell]) => cell ?? '');
    const what = Object.keys(alarms).map((name) => name.replace('Tidemark-', ''));
    const missing = what.filter((name) => !/-(errors|throttled)$/.test(name)).filter((name) => !listed.includes(name));
    expect(missing).toEqual(['warning-scheduled-batch-failed']); // listed without its level, which depends on the retention
    expect(listed).toContain('scheduled-batch-failed');
  });

  it('has no broken link', () => {
    const anchors = [...sections.keys()].map((heading) =>
      heading
        .toLowerCase()
        .replaceAll(' ', '-')
        .replace(/[^a-z0-9-]/g, ''),
    );
    const links = [...[...sections.values()].join('\n').matchAll(/\]\(#([^)]*)\)/g)].map(([, anchor]) => anchor);
    expect(links.filter((link) => !anchors.includes(link ?? ''))).toEqual([]);
    expect(links.length).toBeGreaterThan(20);
  });
});

describe('the stack', () => {
  it('has all of the alarms', () => {
    const ofStack = alarmsOf(templateOf());

    expect(Object.keys(ofStack).sort()).toEqual(Object.keys(alarms).sort());
    for (const [name, { AlarmDescription }] of Object.entries(ofStack)) {
      expect(AlarmDescription).toBe(alarms[name]?.AlarmDescription);
    }
  });

  it('has its database watched by the name of the cluster', () => {
    const template = templateOf();
    expect(alarmsOf(template)['Tidemark-warning-database-at-maximum']?.Dimensions).toEqual([
      { Name: 'DBClusterIdentifier', Value: { Ref: Object.keys(template.findResources('AWS::RDS::DBCluster'))[0] } },
    ]);
  });

  it('keeps failed batches for as long as the alarm and the runbook say', () => {
    templateOf().hasResourceProperties('AWS::S3::Bucket', {
      LifecycleConfiguration: { Rules: [{ ExpirationInDays: 90, Status: 'Enabled' }] },
    });
    expect(alarms['Tidemark-warning-batches-set-aside']?.AlarmDescription).toContain('for 90 days');
    expect(readRunbook().get('batches-set-aside')).toContain('90 days');
    expect(readRunbook().get('batches-set-aside')).toContain(`(${recordAgeHours({ retention: 24 }) * 3_600}) and -1`);
  });

  it('tells its mapping to report what the alarms look at', () => {
    templateOf().hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      MetricsConfig: { Metrics: ['EventCount'] },
    });
  });
});
