import { describe, expect, it } from 'vitest';
import type { BusEvent } from '#localstack/embedded/events/bus.ts';
import { readInputTransformer } from '#localstack/embedded/events/input-transformer.ts';

/** The event and the paths of AWS's documentation of templates. */
const EVENT: BusEvent = {
  version: '0',
  id: '7bf73129-1428-4cd3-a780-95db273d1602',
  'detail-type': 'EC2 Instance State-change Notification',
  source: 'aws.ec2',
  account: '123456789012',
  time: '2015-11-11T21:29:54Z',
  region: 'us-east-1',
  resources: ['arn:aws:ec2:us-east-1:123456789012:instance/i-abcd1111'],
  detail: { 'instance-id': 'i-0123456789', state: 'RUNNING', count: 7, reason: null, tags: ['a', 'b'], quoted: 'a"b' },
};

const PATHS = {
  timestamp: '$.time',
  instance: '$.detail.instance-id',
  state: '$.detail.state',
  count: '$.detail.count',
  reason: '$.detail.reason',
  tags: '$.detail.tags',
  firstResource: '$.resources[0]',
  quoted: '$.detail.quoted',
  missing: '$.detail.missing.deeper',
  whole: '$',
};

const RULE = { ruleName: 'example', ruleArn: 'arn:aws:events:us-east-2:123456789012:rule/example' };

const { detail: _detail, ...withoutDetail } = EVENT;

const read = (template: string, paths: Record<string, string> = PATHS) =>
  readInputTransformer(paths, template, RULE, 'the transformer');

describe('readInputTransformer', () => {
  it.each([
    ['a text', '"instance <instance> is in <state>"', 'instance i-0123456789 is in RUNNING'],
    ['a text with escaped quotes', '"instance \\"<instance>\\" is <state>"', 'instance "i-0123456789" is RUNNING'],
    ['an object', '{\n "instance" : <instance>,\n "state": <state>\n}', { instance: 'i-0123456789', state: 'RUNNING' }],
    [
      'quoted and bare placeholders',
      '{"instance": <instance>, "state": "<state>", "status": "instance \\"<instance>\\" is in <state>"}',
      { instance: 'i-0123456789', state: 'RUNNING', status: 'instance "i-0123456789" is in RUNNING' },
    ],
    [
      'variables beside constants',
      '{"state": [9, <state>, true], "Transformed": "Yes"}',
      { state: [9, 'RUNNING', true], Transformed: 'Yes' },
    ],
    ['a number, bare and quoted', '{"bare": <count>, "quoted": "<count>"}', { bare: 7, quoted: '7' }],
    ['a list and null', '{"tags": <tags>, "reason": <reason>}', { tags: ['a', 'b'], reason: null }],
    ['an item of a list', '{"resource": <firstResource>}', { resource: EVENT.resources[0] }],
    ['what is not in the event', '{"bare": <missing>, "quoted": "<missing>!"}', { bare: '', quoted: '!' }],
    ['the whole event', '<whole>', EVENT],
    [
      'the predefined variables',
      '{"arn": <aws.events.rule-arn>, "name": "<aws.events.rule-name>", "at": <aws.events.event.ingestion-time>}',
      { arn: RULE.ruleArn, name: 'example', at: '2015-11-11T21:29:54Z' },
    ],
    [
      'the original event, without and with its detail',
      '{"event": <aws.events.event>, "json": <aws.events.event.json>}',
      { event: withoutDetail, json: EVENT },
    ],
  ])('fills in %s', (_what, template, expected) => {
    expect(JSON.parse(read(template)(EVENT))).toEqual(expected);
  });

  it('gives JSON without blanks', () => {
    expect(read('{\n  "state" : <state>\n}')(EVENT)).toBe('{"state":"RUNNING"}');
  });

  it('does not escape inside of quotes, so that the outcome may be no JSON', () => {
    expect(JSON.parse(read('{"bare": <quoted>}')(EVENT))).toEqual({ bare: 'a"b' });
    expect(() => read('{"quoted": "<quoted>"}')(EVENT)).toThrow(SyntaxError);
  });

  it.each([
    ['a placeholder without a path', '{"a": <other>}', PATHS, "the placeholder '<other>' is in no InputPathsMap"],
    ['a quoted placeholder without a path', '"<other>"', PATHS, "the placeholder '<other>' is in no InputPathsMap"],
    ['a wildcard', '<all>', { all: '$.detail.*' }, "the transformer.InputPathsMap.all: got the path '$.detail.*'"],
    ['a path that does not begin with $', '<all>', { all: 'detail.all' }, "got the path 'detail.all', expected names"],
  ])('refuses %s', (_what, template, paths, message) => {
    expect(() => read(template, paths as Record<string, string>)).toThrow(message);
  });
});
