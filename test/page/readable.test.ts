import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '#report/page/chromium.ts';
import { LOW_CONTRAST } from './low-contrast.ts';
import { openPage } from './open-page.ts';
import { FULL_REPORT, HOSTILE_REPORT, PARTIAL_REPORT } from './page-reports.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

/** WCAG 2, AA, for text of the usual size. */
const LEAST_CONTRAST = 4.5;
const PATIENCE = { timeout: 15_000 };

describe.each(['light', 'dark'] as const)('the %s page', (colorScheme) => {
  it.each([
    ['exact', FULL_REPORT],
    ['partial', PARTIAL_REPORT],
    ['not exact', HOSTILE_REPORT],
  ])('has a contrast of at least 4.5 in every text, %s', async (_, report) => {
    const { page } = await openPage(browser, report, { colorScheme });
    await page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');
    const { texts, low } = await page.evaluate<{ texts: number; low: unknown[] }>(LOW_CONTRAST(LEAST_CONTRAST));
    expect(texts).toBeGreaterThan(500);
    expect(low).toEqual([]);
  });
});

describe('the page in dark', () => {
  it('is dark, and prints in light', async () => {
    const { page } = await openPage(browser, FULL_REPORT, { colorScheme: 'dark' });
    const brightness = (): Promise<number> =>
      page.evaluate<number>('Number(/\\d+/.exec(getComputedStyle(document.body).backgroundColor)[0])');
    expect(await brightness()).toBeLessThan(60);
    await page.emulateMedia({ media: 'print' });
    expect(await brightness()).toBe(255);
    const { low } = await page.evaluate<{ low: unknown[] }>(LOW_CONTRAST(LEAST_CONTRAST));
    expect(low).toEqual([]);
  });
});

async function widths(page: Page): Promise<{ scroll: number; inner: number }> {
  return page.evaluate('({ scroll: document.documentElement.scrollWidth, inner: innerWidth })');
}

/** Labels of charts, those that stick out of their drawing by more than a pixel, and pairs that lie on each other. */
const TEXTS_OF_CHARTS = `(() => {
  const found = { texts: [], outside: [], overlapping: [] };
  for (const svg of document.querySelectorAll('.chart svg')) {
    const frame = svg.getBoundingClientRect();
    const texts = [...svg.querySelectorAll('text')].map((text) => ({ text: text.textContent, box: text.getBoundingClientRect() }));
    found.texts.push(...texts.map(({ text }) => text));
    found.outside.push(...texts.filter(({ box }) => box.left < frame.left - 1 || box.right > frame.right + 1).map(({ text }) => text));
    for (const [i, { text, box }] of texts.entries()) {
      const others = texts.slice(i + 1).filter((each) =>
        each.box.left < box.right - 1 && box.left < each.box.right - 1 && each.box.top < box.bottom - 2 && box.top < each.box.bottom - 2);
      found.overlapping.push(...others.map((each) => text + ' / ' + each.text));
    }
  }
  return found;
})()`;

describe('the page on a phone', () => {
  it.each([320, 375, 768])('is no wider than %d px, with everything open', async (width) => {
    const { page } = await openPage(browser, FULL_REPORT, { viewport: { width, height: 700 } });
    await page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');
    const { scroll, inner } = await widths(page);
    expect(inner).toBe(width);
    expect(scroll).toBeLessThanOrEqual(inner);
  });

  it('draws its charts as wide as it is, also when it is turned', async () => {
    const { page } = await openPage(browser, FULL_REPORT, { viewport: { width: 360, height: 700 } });
    const drawn = (): Promise<number[]> =>
      page.evaluate('[...document.querySelectorAll(".chart svg")].map((svg) => Number(svg.getAttribute("width")))');
    for (const width of await drawn()) expect(width).toBeLessThanOrEqual(360);
    await page.setViewportSize({ width: 700, height: 360 });
    await expect.poll(async () => Math.min(...(await drawn())), PATIENCE).toBeGreaterThan(600);
    expect((await widths(page)).scroll).toBeLessThanOrEqual(700);
  });

  it.each([320, 375])('keeps the texts of its charts inside them and apart at %d px', async (width) => {
    const { page } = await openPage(browser, FULL_REPORT, { viewport: { width, height: 700 } });
    const { texts, outside, overlapping } = await page.evaluate<Record<string, unknown[]>>(TEXTS_OF_CHARTS);
    expect(texts?.length).toBeGreaterThan(80);
    expect({ outside, overlapping }).toEqual({ outside: [], overlapping: [] });
  });
});

describe('the page on paper', () => {
  it('leaves out the sliders and shows every table', async () => {
    const { page } = await openPage(browser, FULL_REPORT, { viewport: { width: 688, height: 1_000 } });
    await page.emulateMedia({ media: 'print' });
    for (const hidden of ['#case-form', '#case-command', '#case-copy', 'nav', 'summary >> nth=1']) {
      expect(await page.locator(hidden).isVisible()).toBe(false);
    }
    const heights = await page.evaluate<number[]>(
      '[...document.querySelectorAll("main table")].filter((table) => !table.closest("#own-case")).map((table) => table.getBoundingClientRect().height)',
    );
    expect(heights.length).toBeGreaterThan(15);
    for (const height of heights) expect(height).toBeGreaterThan(30);
  });

  it('fits between the margins of A4', async () => {
    const { page } = await openPage(browser, FULL_REPORT, { viewport: { width: 688, height: 1_000 } });
    await page.emulateMedia({ media: 'print' });
    await expect.poll(async () => (await widths(page)).scroll, PATIENCE).toBeLessThanOrEqual(688);
  });

  it('prints the case that the sliders made, since the charts are of it', async () => {
    const { page } = await openPage(browser, FULL_REPORT, { hash: '#rate=20000' });
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('#case-sentence').isVisible()).toBe(true);
    expect(await page.locator('#case-form').isVisible()).toBe(false);
  });

  it('prints', async () => {
    const { page, complaints } = await openPage(browser, FULL_REPORT);
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(complaints).toEqual([]);
  });
});

describe('the page for a screen reader', () => {
  it('has a name for every input and button', async () => {
    const { page } = await openPage(browser, FULL_REPORT);
    const names = await Promise.all(
      (['slider', 'radio', 'button'] as const).map(async (role) => {
        const all = page.getByRole(role);
        return Promise.all((await all.all()).map((each) => each.ariaSnapshot()));
      }),
    );
    const [sliders = [], radios = [], buttons = []] = names;
    expect([sliders.length, radios.length, buttons.length]).toEqual([4, 5, 2]);
    for (const snapshot of names.flat()) expect(snapshot).toMatch(/^- (slider|radio|button) "[^"]+"/);
    for (const group of ['Reader', 'Database']) expect(await page.getByRole('group', { name: group }).count()).toBe(1);
  });

  it('has landmarks, one h1, and no heading that skips a level', async () => {
    const { page } = await openPage(browser, FULL_REPORT);
    for (const landmark of ['banner', 'navigation', 'main', 'contentinfo'] as const) {
      expect(await page.getByRole(landmark).count()).toBe(1);
    }
    const levels = await page.evaluate<number[]>(
      '[...document.querySelectorAll("h1,h2,h3,h4,h5,h6")].map(({ tagName }) => Number(tagName[1]))',
    );
    expect(levels.filter((level) => level === 1)).toEqual([1]);
    expect(levels[0]).toBe(1);
    for (const [i, level] of levels.entries()) expect(level - (levels[i - 1] ?? 0)).toBeLessThanOrEqual(1);
  });

  it('has a caption and headings of rows and columns in every table', async () => {
    const { page } = await openPage(browser, FULL_REPORT);
    const poor = await page.evaluate(
      '[...document.querySelectorAll("table")].filter((table) => !table.caption?.textContent || table.querySelector("thead th:not([scope=col])") || [...table.tBodies[0].rows].some((row) => row.cells[0].getAttribute("scope") !== "row")).length',
    );
    expect(poor).toBe(0);
  });

  it('announces the sentence politely, and the sliders’ own text once', async () => {
    const { page } = await openPage(browser, FULL_REPORT);
    expect(await page.locator('[aria-live=polite] #case-sentence').count()).toBe(1);
    expect(await page.locator('.value:not([aria-hidden=true])').count()).toBe(0);
  });

  it('begins with a link to the verdict, which shows once it has the focus', async () => {
    const { page } = await openPage(browser, FULL_REPORT);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the verdict');
    expect((await page.locator('.skip').boundingBox())?.y).toBeGreaterThanOrEqual(0);
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('main');
  });

  it('shows where the focus is', async () => {
    const { page } = await openPage(browser, FULL_REPORT);
    await page.locator('#case-hosts').focus();
    await page.keyboard.press('Tab');
    expect(
      await page.evaluate('Number.parseFloat(getComputedStyle(document.activeElement).outlineWidth)'),
    ).toBeGreaterThanOrEqual(2);
  });

  it('does not move by itself where that is not wished for', async () => {
    const { page } = await openPage(browser, FULL_REPORT, { reducedMotion: 'reduce' });
    expect(await page.evaluate('getComputedStyle(document.documentElement).scrollBehavior')).toBe('auto');
  });
});
