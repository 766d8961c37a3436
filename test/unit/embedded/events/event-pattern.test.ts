import { describe, expect, it } from 'vitest';
import { readEventPattern } from '#localstack/embedded/events/event-pattern.ts';

const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:counter:$LATEST';

/** The event of AWS's documentation of patterns, and a result of Lambda. */
const EVENT = {
  version: '0',
  'detail-type': 'EC2 Instance State-change Notification',
  source: 'aws.ec2',
  time: '2017-10-02T16:24:49Z',
  resources: ['arn:aws:ec2:us-east-1:123456789012:instance/i-000000aaaaaa00000', FUNCTION],
  detail: {
    'c-count': 5,
    'd-count': 3,
    'x-limit': 301.8,
    state: 'running',
    reason: null,
    ready: true,
    empty: [],
    nested: { c1: 100 },
    employees: [
      { firstName: 'Anna', lastName: 'Smith' },
      { firstName: 'Peter', lastName: 'Jones' },
    ],
  },
};

const detail = (pattern: object) => ({ detail: pattern });

describe('readEventPattern', () => {
  it.each([
    ['a value', { source: ['aws.ec2'] }],
    ['one of several values', detail({ state: ['initializing', 'running'] })],
    ['several fields', { source: ['aws.ec2'], ...detail({ state: ['running'] }) }],
    ['a value of a list', { resources: [FUNCTION] }],
    ['a number', detail({ 'c-count': [5] })],
    ['true', detail({ ready: [true] })],
    ['null', detail({ reason: [null] })],
    ['a prefix', { time: [{ prefix: '2017-10-02' }] }],
    ['a field that exists', detail({ 'c-count': [{ exists: true }] })],
    ['a field that is null and exists', detail({ reason: [{ exists: true }] })],
    ['a field that does not exist', detail({ other: [{ exists: false }] })],
    ['a field that does not exist in a parent that does not', detail({ other: { deep: [{ exists: false }] } })],
    ['an object, which is no leaf that exists', detail({ nested: [{ exists: false }] })],
    ['an empty list, in which nothing exists', detail({ empty: [{ exists: false }] })],
    ['anything but a text', detail({ state: [{ 'anything-but': 'initializing' }] })],
    ['anything but a number', detail({ 'x-limit': [{ 'anything-but': 123 }] })],
    ['anything but some texts', detail({ state: [{ 'anything-but': ['stopped', 'overloaded'] }] })],
    ['anything but some numbers', detail({ 'x-limit': [{ 'anything-but': [100, 200, 300] }] })],
    ['anything but a prefix', detail({ state: [{ 'anything-but': { prefix: 'init' } }] })],
    ['anything but a prefix, of a number', detail({ 'c-count': [{ 'anything-but': { prefix: 'init' } }] })],
    ['anything but a text, of null', detail({ reason: [{ 'anything-but': 'initializing' }] })],
    ['a range', detail({ 'c-count': [{ numeric: ['>', 0, '<=', 5] }] })],
    ['an upper bound', detail({ 'd-count': [{ numeric: ['<', 10] }] })],
    ['an equal number', detail({ 'x-limit': [{ numeric: ['=', 3.018e2] }] })],
    ['either of two filters', detail({ 'c-count': [{ exists: false }, { numeric: ['>=', 5] }] })],
    ['an object of a list', detail({ employees: { firstName: ['Anna'] } })],
  ])('matches %s', (_what, pattern) => {
    expect(readEventPattern(pattern, 'the pattern')(EVENT)).toBe(true);
  });

  it.each([
    ['another value', { source: ['aws.s3'] }],
    ['one field of two', { source: ['aws.ec2'], ...detail({ state: ['stopped'] }) }],
    ['a field that is not there', detail({ other: ['running'] })],
    ['a value where the event has an object', detail({ nested: ['c1'] })],
    ['the text of a boolean', detail({ ready: ['true'] })],
    ['null in an empty list', detail({ empty: [null] })],
    ['no prefix', { time: [{ prefix: '2018' }] }],
    ['a prefix of a number', detail({ 'c-count': [{ prefix: '5' }] })],
    ['the absence of a field that exists', detail({ 'c-count': [{ exists: false }] })],
    ['the existence of nothing', detail({ other: [{ exists: true }] })],
    ['anything but itself', detail({ state: [{ 'anything-but': ['running', 'stopped'] }] })],
    ['anything but its prefix', detail({ state: [{ 'anything-but': { prefix: 'run' } }] })],
    ['anything but something, of nothing', detail({ other: [{ 'anything-but': 'initializing' }] })],
    ['a range beside it', detail({ 'c-count': [{ numeric: ['>', 5, '<=', 10] }] })],
    ['a range, of a text', detail({ state: [{ numeric: ['>', 0] }] })],
    ['members of two objects of a list', detail({ employees: { firstName: ['Anna'], lastName: ['Jones'] } })],
    ['what every object inherits', { constructor: [{ exists: true }] }],
  ])('does not match %s', (_what, pattern) => {
    expect(readEventPattern(pattern, 'the pattern')(EVENT)).toBe(false);
  });

  it.each([
    ['an operator', detail({ name: [{ wildcard: 'a*' }] }), `the pattern.detail.name: got {"wildcard":"a*"}`],
    ['an inner operator', detail({ name: [{ 'anything-but': { suffix: 'a' } }] }), 'got {"anything-but":{"suffix"'],
    ['two operators at once', detail({ name: [{ prefix: 'a', exists: true }] }), 'got {"prefix":"a","exists":true}'],
    ['an argument', detail({ name: [{ numeric: ['~', 1] }] }), 'got {"numeric":["~",1]}'],
    ['$or', { $or: [{ source: ['a'] }, { source: ['b'] }] }, `the pattern.$or: the operator '$or' is not known`],
    ['a value outside of a list', { source: 'aws.ec2' }, 'the pattern.source: got "aws.ec2", expected an object'],
    ['an empty list', { source: [] }, 'the pattern.source: got an empty list, expected values'],
    ['an empty object', detail({}), 'the pattern.detail: got an empty object, expected fields'],
    ['no pattern', undefined, 'the pattern: got undefined, expected an object'],
  ])('refuses %s that it does not know, by its place', (_what, pattern, message) => {
    expect(() => readEventPattern(pattern, 'the pattern')).toThrow(message);
    expect(() => readEventPattern(pattern, 'the pattern')).toThrow(/^[^\n]+$/);
  });
});
