import { describe, expect, it } from 'vitest';
import { findObstacle } from '#report/compare/comparability.ts';
import type { Difference } from '#report/compare/comparison.ts';
import type { Need } from '#report/compare/metric.ts';

function differing(what: string, breaks: Need[]): Difference {
  return { what, base: '2', other: '8', breaks };
}

const DIFFERENCES = [
  differing('node', []),
  differing('cpus', ['machine', 'load generator']),
  differing('memory', ['machine', 'load generator']),
  ...['a', 'b', 'c', 'd', 'e'].map((price) => differing(`price of ${price}`, ['prices'])),
];

describe('findObstacle', () => {
  it.each<[Need[], string | null]>([
    [[], null],
    [['target', 'window'], null],
    [['target', 'machine'], 'measured on other machines (cpus 2 and 8; memory 2 and 8)'],
    [['load generator'], 'sent from other machines (cpus 2 and 8; memory 2 and 8)'],
    [['prices'], 'at other prices (price of a 2 and 8; price of b 2 and 8; price of c 2 and 8; and 2 more)'],
    [['machine', 'prices'], 'measured on other machines (cpus 2 and 8; memory 2 and 8)'],
  ])('says of a metric that needs %j: %s', (needs, reason) => {
    expect(findObstacle(needs, DIFFERENCES)?.reason ?? null).toBe(reason);
  });

  it.each<[Need, string]>([
    ['target', 'measured at other targets'],
    ['window', 'of other windows'],
    ['scenario', 'modelled for other scenarios'],
    ['fit', 'modelled otherwise'],
  ])('has a reason of its own for %s, with what shows it and without', (need, brief) => {
    const reason = `${brief} (x 2 and 8)`;
    expect(findObstacle([need], [differing('x', [need])])).toEqual({ brief, reason });
  });
});
