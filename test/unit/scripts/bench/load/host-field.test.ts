import { describe, expect, it } from 'vitest';
import { hostOf, parseHostField } from '#bench/load/host-field.ts';

const entry = {
  ip: '192.0.2.1',
  eventTime: '2015-05-17T10:05:03+00:00',
  eventTimeMs: 0,
  referrer: null,
  virtualHost: null,
  url: '/blog/tags?x',
  userAgent: 'curl',
};

describe('hostOf', () => {
  it('takes the client address, a constant or the virtual host', () => {
    expect(hostOf(entry, 'ip')).toBe('192.0.2.1');
    expect(hostOf(entry, 'constant:shop')).toBe('shop');
    expect(hostOf({ ...entry, virtualHost: 'www.example.com' }, 'path')).toBe('www.example.com');
  });

  it.each([
    ['/blog/tags?x', '/blog'],
    ['/', '/'],
    ['/?page=2', '/'],
    ['//double', '/'],
    ['https://shop.example/cart/1', '/cart'],
    ['http://shop.example', '/'],
    ['*', '*'],
    ['-', '-'],
  ])('takes of the url %s the first path segment %s', (url, segment) => {
    expect(hostOf({ ...entry, url }, 'path')).toBe(segment);
  });
});

describe('parseHostField', () => {
  it('reads the three kinds', () => {
    expect(['ip', 'path', 'constant:a b'].map(parseHostField)).toEqual(['ip', 'path', 'constant:a b']);
  });

  it.each(['', 'host', 'constant:', 'IP'])('refuses %j', (text) => {
    expect(() => parseHostField(text)).toThrow(`Invalid --host-field '${text}': expected ip, path or constant:NAME`);
  });
});
