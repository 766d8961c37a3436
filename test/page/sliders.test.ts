import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeScenario, parseThresholdOptions } from '#cli/commands/threshold.ts';
import { answerFor } from '#report/assemble/answer.ts';
import { launchChromium } from '#report/page/chromium.ts';
import { openPage } from './open-page.ts';
import { FULL_REPORT } from './page-reports.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

/** What the command line answers to the command that the page shows for a case. */
function answeredByCommandLine(command: string) {
  const options = parseThresholdOptions(command.split(' ').slice(4));
  if (options === null) throw new Error(`No options in '${command}'`);
  return answerFor(FULL_REPORT, changeScenario(FULL_REPORT.scenario, options), null);
}

async function press(page: Page, input: string, key: string, times: number): Promise<void> {
  await page.locator(`#case-${input}`).focus();
  for (let i = 0; i < times; i++) await page.keyboard.press(key);
}

/** Waits until the page has computed the case that its command names, and returns both. */
async function settle(page: Page): Promise<{ command: string; sentence: string }> {
  const command = (await page.locator('#case-command').textContent()) ?? '';
  const { verdict } = answeredByCommandLine(command);
  await page.locator('#case-sentence', { hasText: verdict.sentence }).waitFor({ timeout: 15_000 });
  return { command, sentence: verdict.sentence };
}

type Move = readonly [name: string, move: (page: Page) => Promise<void>, options: string];

const MOVES: readonly Move[] = [
  ['the rate', (page) => press(page, 'eventsPerSecond', 'ArrowRight', 8), '--rate 10000'],
  ['the hosts, to their end', (page) => press(page, 'hosts', 'End', 1), '--hosts 10000000'],
  ['the window', (page) => press(page, 'windowSeconds', 'ArrowLeft', 2), '--windows 180s'],
  ['the value of freshness', (page) => press(page, 'freshnessUsd', 'ArrowRight', 4), '--freshness-value 1'],
  [
    'the reader',
    async (page) => {
      await page.locator('input[name=reader]:checked').focus();
      await page.keyboard.press('ArrowRight');
    },
    '--reads final',
  ],
  [
    'the database',
    async (page) => {
      await page.locator('input[name=regime]:checked').focus();
      await page.keyboard.press('ArrowRight');
    },
    '--database always-on',
  ],
];

describe('the sliders', () => {
  it('start as the report has it', async () => {
    const { page } = await openPage(browser, FULL_REPORT);
    expect(await page.locator('#case-title').textContent()).toBe('As in the report');
    expect(await page.locator('#case-sentence').textContent()).toBe(FULL_REPORT.verdict.sentence);
    expect(await page.locator('#report-sentence').textContent()).toBe(FULL_REPORT.verdict.sentence);
  });

  it.each(MOVES)(
    'change %s by keyboard, and with it the verdict, to what the command line says',
    async (_, move, options) => {
      const { page, complaints } = await openPage(browser, FULL_REPORT);
      await move(page);
      const { command, sentence } = await settle(page);
      expect(command.endsWith(options)).toBe(true);
      expect(sentence).not.toBe(FULL_REPORT.verdict.sentence);
      expect(await page.locator('#case-title').textContent()).toBe('Your own case, modelled');
      expect(await page.locator('#report-sentence').textContent()).toBe(FULL_REPORT.verdict.sentence);
      expect(complaints).toEqual([]);
    },
  );

  it('change several things at once, and the windows, charts and tables with them', async () => {
    const { page } = await openPage(browser, FULL_REPORT);
    const shown = (): Promise<string[]> =>
      Promise.all(
        [
          '#case-windows',
          '#case-table',
          '#cost-table',
          '#written-table',
          '#settings-table',
          '#engines-table',
          '#cost-chart',
        ].map((part) => page.locator(part).innerHTML()),
      );
    const before = await shown();
    for (const [, move] of MOVES) await move(page);
    const { command } = await settle(page);
    const { verdict } = answeredByCommandLine(command);
    const after = await shown();
    for (const [i, part] of after.entries()) expect(part).not.toBe(before[i]);
    const chosen = page.locator('#case-windows .chosen');
    expect(await chosen.innerText()).toContain('3 minutes');
    expect(await chosen.innerText()).toContain(verdict.windows[0]?.decision);
    expect(await page.locator('#case-windows').innerText()).toContain(verdict.windows[0]?.reason);
  });

  it('say in words where they stand', async () => {
    const { page } = await openPage(browser, FULL_REPORT);
    const valueText = (name: string): Promise<string | null> =>
      page.locator(`#case-${name}`).getAttribute('aria-valuetext');
    await press(page, 'eventsPerSecond', 'ArrowRight', 8);
    await press(page, 'windowSeconds', 'End', 1);
    await press(page, 'freshnessUsd', 'ArrowRight', 4);
    expect(await valueText('eventsPerSecond')).toBe('10,000 events/s, 864 million a day');
    expect(await valueText('hosts')).toBe('200 hosts');
    expect(await valueText('windowSeconds')).toBe('1 day');
    expect(await valueText('freshnessUsd')).toBe('$1 a month per minute');
  });

  it('go back to the report’s case with the reset', async () => {
    const { page, url } = await openPage(browser, FULL_REPORT);
    await press(page, 'eventsPerSecond', 'ArrowRight', 3);
    await settle(page);
    await page.locator('#case-reset').press('Enter');
    const { command, sentence } = await settle(page);
    expect(sentence).toBe(FULL_REPORT.verdict.sentence);
    expect(command).not.toContain('--rate');
    expect(await page.locator('#case-eventsPerSecond').getAttribute('aria-valuetext')).toMatch(/^500 events\/s/);
    await page.waitForURL((now) => now.hash === '');
    expect(page.url().replace(/#$/, '')).toBe(url);
  });

  it('stand in the address, so that a link brings them back', async () => {
    const { page, url } = await openPage(browser, FULL_REPORT);
    await press(page, 'eventsPerSecond', 'ArrowRight', 5);
    await press(page, 'hosts', 'PageUp', 1);
    const { command, sentence } = await settle(page);
    await page.waitForURL((now) => now.hash.includes('hosts='));
    const link = page.url();
    expect(link.startsWith(`${url}#rate=`)).toBe(true);

    await page.goto('about:blank');
    await page.goto(link);
    expect(await page.locator('#case-command').textContent()).toBe(command);
    expect(await page.locator('#case-sentence').textContent()).toBe(sentence);
  });

  it('take a value between their steps from a link', async () => {
    const { page } = await openPage(browser, FULL_REPORT, { hash: '#rate=1234.5&database=shared' });
    const { command } = await settle(page);
    expect(command).toMatch(/ --rate 1234\.5 --database shared$/);
    expect(await page.locator('#case-eventsPerSecond').getAttribute('aria-valuetext')).toMatch(/^1,234\.5 events\/s/);
    await press(page, 'eventsPerSecond', 'ArrowLeft', 1);
    await press(page, 'eventsPerSecond', 'ArrowRight', 1);
    expect((await settle(page)).command).toBe(command);
  });

  it('follow an address that is changed while the page is open', async () => {
    const { page } = await openPage(browser, FULL_REPORT);
    await page.evaluate('location.hash = "reads=final"');
    await page.locator('#case-command', { hasText: '--reads final' }).waitFor();
    await settle(page);
    expect(await page.locator('input[name=reader][value=final]').isChecked()).toBe(true);
  });

  it.each([
    'rate=1&hosts=1&windows=60s',
    'rate=10000000&hosts=10000000&windows=86400s&freshness-value=1000000000',
    'rate=1000000&database=shared&reads=final',
    'rate=1&hosts=10000000&database=always-on&windows=86400s',
  ])('show figures, and complain about nothing, at the ends of their ranges: %s', async (hash) => {
    const { page, complaints } = await openPage(browser, FULL_REPORT, { hash: `#${hash}` });
    await settle(page);
    const text = (await page.locator('.frame').textContent()) ?? '';
    expect(text.match(/.{0,30}(NaN|Infinity|∞|undefined).{0,30}/)).toBeNull();
    expect(await page.locator('#cost-chart').innerHTML()).not.toContain('NaN');
    expect(complaints).toEqual([]);
  });

  it('leave no chart with nothing in it where neither path can work', async () => {
    const { page } = await openPage(browser, FULL_REPORT);
    expect(await page.locator('#cost-chart svg').count()).toBe(1);
    const hopeless = 'rate=10000000&hosts=10000000&windows=86400s&freshness-value=1000000000';
    const { page: other } = await openPage(browser, FULL_REPORT, { hash: `#${hopeless}` });
    await settle(other);
    for (const chart of ['cost', 'written', 'settings']) {
      expect(await other.locator(`#${chart}-chart svg`).count()).toBe(0);
    }
    expect(await other.locator('#cost-finding').textContent()).toMatch(/^Neither path can work/);
  });

  it('keep a table open that was opened', async () => {
    const { page } = await openPage(browser, FULL_REPORT);
    await page.locator('#cost summary').click();
    await press(page, 'hosts', 'ArrowRight', 2);
    await settle(page);
    expect(await page.locator('#cost-table table').isVisible()).toBe(true);
  });

  it('offer their command for copying', async () => {
    const { page } = await openPage(browser, FULL_REPORT);
    await page.locator('#case-copy').press('Enter');
    await page.locator('#case-copied', { hasText: /^(Copied|Selected)/ }).waitFor();
  });
});
