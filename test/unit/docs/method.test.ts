import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { planPhases } from '#bench/experiments/phases/plan-phases.ts';
import { parseOptions } from '#cli/commands/benchmark.ts';
import { PRICES } from '#model/prices/price-table.ts';

const TEXT = readFileSync(new URL('../../../docs/method.md', import.meta.url), 'utf8');

const PROSE = TEXT.replaceAll(/\s+/g, ' ');

describe('docs/method.md', () => {
  it('names the phases that --max-events limits', () => {
    const options = parseOptions(['--windows', '1m', '--batching-windows', '10s', '--max-events', '1000']);
    if (options === null) throw new Error('No options');
    const [drain, batchingWindow] = planPhases(options).modelled.map(({ what }) => what.replace(/ of .*/, 's'));
    expect(PROSE).toContain(`D${drain?.slice(1)} and ${batchingWindow} that take more events than \`--max-events\``);
  });

  it('says of the threshold what the search finds, as the other pages do', () => {
    const pages = ['report.md', 'adr/0021-a-threshold-with-a-band.md', 'method.md'];
    const said = pages.map((page) => readFileSync(new URL(`../../../docs/${page}`, import.meta.url), 'utf8'));
    expect(
      said.filter((text) => !/the first crossing.*,\s+on a grid of windows refined to the\s+minute/.test(text)),
    ).toEqual([]);
  });

  it('names each price that only a third party names', () => {
    const unchecked = Object.entries(PRICES).filter(([, { grade }]) => grade === 'T');
    expect(unchecked.length).toBeGreaterThan(0);
    expect(unchecked.map(([id]) => id).filter((id) => !TEXT.includes(`\`${id}\``))).toEqual([]);
  });
});
