import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '#report/definition/report.ts';
import { launchChromium } from '#report/page/chromium.ts';
import { openPage } from './open-page.ts';
import {
  EMPTY_REPORT,
  FULL_REPORT,
  HOSTILE_REPORT,
  HOSTILE_TEXTS,
  LIVE_ONLY_REPORT,
  PARTIAL_REPORT,
  REPLAY_REPORT,
} from './page-reports.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

const REPORTS: Readonly<Record<string, Report>> = {
  full: FULL_REPORT,
  'of a live run alone': LIVE_ONLY_REPORT,
  partial: PARTIAL_REPORT,
  'of a replay': REPLAY_REPORT,
  'of nothing': EMPTY_REPORT,
};

describe('the page', () => {
  it('asks for nothing but itself, and complains about nothing', async () => {
    const { url, requests, complaints } = await openPage(browser, FULL_REPORT);
    expect(requests).toEqual([url]);
    expect(complaints).toEqual([]);
  });

  it('draws its charts, each with a name that says what it shows', async () => {
    const { page } = await openPage(browser, FULL_REPORT);
    const charts = page.locator('figure .chart svg');
    expect(await charts.count()).toBeGreaterThanOrEqual(10);
    for (const chart of await charts.all()) {
      expect(await chart.getAttribute('role')).toBe('img');
      expect((await chart.getAttribute('aria-label'))?.length).toBeGreaterThan(40);
    }
  });

  it.each(Object.entries(REPORTS))('has no figure that is none in a report %s', async (_, report) => {
    const { page, complaints } = await openPage(browser, report);
    const text = (await page.locator('.frame').textContent()) ?? '';
    expect(text.length).toBeGreaterThan(5_000);
    // `--null-referrers` is an option of the load.
    expect(text.match(/.{0,30}(NaN|Infinity|∞|undefined|\[object|(?<!-)\bnull\b).{0,30}/)).toBeNull();
    expect(complaints).toEqual([]);
  });

  it.each(Object.entries(REPORTS))(
    'has no chart without data, and a table beside each, in a report %s',
    async (_, report) => {
      const { page } = await openPage(browser, report);
      for (const figure of await page.locator('figure').all()) {
        expect(await figure.locator('.chart svg').count()).toBeGreaterThan(0);
        expect(await figure.locator('.chart svg :is(path, circle, use, rect)').count()).toBeGreaterThan(0);
        expect(await figure.locator('details table tbody tr').count()).toBeGreaterThan(0);
      }
    },
  );

  it('says why a chart is missing', async () => {
    const said = async (report: Report): Promise<string> => {
      const { page } = await openPage(browser, report);
      return page.locator('main').innerText();
    };
    expect(await said(EMPTY_REPORT)).toContain('Neither path counted an event');
    expect(await said(REPLAY_REPORT)).toContain('there is no live run to show');
    expect(await said(LIVE_ONLY_REPORT)).toContain('No drain and no batching window was measured');
    expect(await said(PARTIAL_REPORT)).toContain('drain of 1 hour: interrupted');
  });

  it('says first of all that a report is partial, or not exact', async () => {
    for (const [report, head] of [
      [PARTIAL_REPORT, '◔ PARTIAL:'],
      [HOSTILE_REPORT, '✗ NOT EXACT'],
    ] as const) {
      const { page } = await openPage(browser, report);
      const text = await page.locator('main').innerText();
      expect(text.indexOf(head)).toBeGreaterThan(-1);
      expect(text.indexOf(head)).toBeLessThan(text.indexOf(report.verdict.sentence.slice(0, 3)));
    }
  });

  it('shows sentence, tables and correctness without JavaScript', async () => {
    const { page } = await openPage(browser, FULL_REPORT, { javaScriptEnabled: false });
    const text = await page.locator('main').innerText();
    expect(text).toContain(FULL_REPORT.verdict.sentence);
    expect(text).toContain('Sliders and charts need JavaScript; every figure is in the tables.');
    expect(text).toContain('Lines sent, by outcome');
    expect(await page.locator('#case-form').isVisible()).toBe(false);
    expect(await page.locator('#verdict tbody tr').count()).toBeGreaterThan(FULL_REPORT.verdict.windows.length);
  });
});

describe('the page of a hostile report', () => {
  it('shows hostile names as the text that they are, and runs none of them', async () => {
    const { page, requests, complaints, dialogs, url } = await openPage(browser, HOSTILE_REPORT);
    // Whatever a name could have started has had the time to.
    await page.locator('#case-hosts').press('ArrowRight');
    await page.locator('#case-title', { hasText: 'Your own case' }).waitFor();
    expect(dialogs).toEqual([]);
    expect(complaints).toEqual([]);
    expect(requests).toEqual([url]);
    const text = (await page.locator('main').textContent()) ?? '';
    for (const hostile of HOSTILE_TEXTS) expect(text).toContain(hostile);
    expect(text).toContain('one\u2028two\u2029three');
  });

  it('has the elements of a friendly one, and no other', async () => {
    const counted = async (report: Report): Promise<unknown> => {
      const { page } = await openPage(browser, report);
      return page.evaluate(
        '["img", "script", "iframe", "object", "form", "svg"].map((tag) => [tag, document.querySelectorAll(tag).length])',
      );
    };
    expect(await counted(HOSTILE_REPORT)).toEqual(await counted(EXACTLY_AS_MUCH));
  });

  it('links nowhere but to the web and into itself', async () => {
    const { page } = await openPage(browser, HOSTILE_REPORT);
    const links = await page.locator('a').evaluateAll((all) => all.map((a) => a.getAttribute('href') ?? ''));
    expect(links.length).toBeGreaterThan(20);
    for (const link of links) expect(link).toMatch(/^(#|https:\/\/)/);
    await page
      .locator('#assumptions details')
      .last()
      .evaluate((details) => details.setAttribute('open', ''));
    expect(await page.locator('main').textContent()).toContain('javascript:alert(3)');
  });
});

/** What the hostile report shows, without its names. */
const EXACTLY_AS_MUCH: Report = { ...FULL_REPORT, faults: [] };
