import type { Browser, Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, launchChromium, openPage, type WatchedPage } from '../support/browser/chromium.ts';
import { pages, siteYaml, stories } from '../support/browser/stories.ts';
import { closeSound, type Site, startSite } from '../support/site.ts';

// What runs in the page is text: the compiler knows no document here.
const keyStops = `[...document.querySelectorAll('a[href], pre, table[tabindex], summary')]`;
const focused = `(() => {
  const element = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  const { bottom, top } = element.getBoundingClientRect();
  const isInSight = bottom > 0 && top < innerHeight;
  return { place: ${keyStops}.indexOf(element), outline: outlineStyle + ' ' + outlineWidth, isInSight };
})()`;
const charactersPerLine = `(() => {
  const paragraph = document.querySelector('.body p');
  paragraph.textContent = 'The quick brown fox jumps over the lazy dog and runs home again. '.repeat(40);
  const range = document.createRange();
  range.selectNodeContents(paragraph);
  return paragraph.textContent.length / new Set([...range.getClientRects()].map(({ top }) => top)).size;
})()`;

const widths = [320, 390, 768, 1280, 1920];

describe.runIf(chromiumPath)('in a browser', () => {
  let site: Site;
  let browser: Browser;
  const watched: WatchedPage[] = [];

  beforeAll(async () => {
    site = await startSite({ files: { 'site.yaml': siteYaml('en'), ...stories } });
    await site.save({ 'articles/gone.md': undefined });
    browser = await launchChromium();
    return async () => {
      await browser.close();
      await closeSound(site);
    };
  });

  afterEach(async () => {
    const troubles = watched.flatMap((one) => one.troubles);
    for (const { page } of watched.splice(0)) await page.context().close();
    // A page that is not there says so in the console as well.
    expect(troubles.filter((trouble) => !/status of (404|410)/.test(trouble))).toEqual([]);
  });

  async function open(path: string, options: Parameters<typeof openPage>[2] = {}): Promise<Page> {
    const one = await openPage(browser, site.url, options);
    watched.push(one);
    await one.page.goto(path);
    return one.page;
  }

  test('leads from the front page to a story, and from there to its neighbours and back', async () => {
    const page = await open('/');

    await page.getByRole('link', { name: 'A story with a picture' }).click();
    expect(new URL(page.url()).pathname).toBe('/news/picture');
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('A story with a picture');
    await page.locator('.neighbours a[rel=prev]').click();
    expect(new URL(page.url()).pathname).toBe('/news/arabic');
    await page.locator('.neighbours a[rel=next]').click();
    expect(new URL(page.url()).pathname).toBe('/news/picture');
    await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'News' }).click();
    expect(new URL(page.url()).pathname).toBe('/news');
  });

  test('leads from a story to its translation, and back', async () => {
    const page = await open('/news/picture');

    await page.getByRole('link', { name: 'العربية' }).click();
    expect(await page.locator('html').getAttribute('lang')).toBe('ar');
    await page.getByRole('link', { name: 'English' }).click();

    expect(new URL(page.url()).pathname).toBe('/news/picture');
  });

  test('pages through a stream to its end and back', async () => {
    const page = await open('/category/notes');
    const titles = () => page.locator('.cards h2').allTextContents();

    const first = await titles();
    await page.getByRole('link', { name: 'Older' }).click();
    const second = await titles();
    await page.getByRole('link', { name: 'Older' }).click();
    const last = await titles();
    expect(await page.getByRole('link', { name: 'Older' }).count()).toBe(0);
    await page.getByRole('link', { name: 'Newer' }).click();

    expect(new Set([...first, ...second, ...last]).size).toBe(42);
    expect(await titles()).toEqual(second);
    const canonical = await page.locator('link[rel=canonical]').getAttribute('href');
    expect(canonical).toBe(page.url());
  });

  test('passes the masthead by at the first key', async () => {
    const page = await open('/news/everything');

    await page.keyboard.press('Tab');
    const skip = page.locator(':focus');
    expect(await skip.textContent()).toBe('Skip to content');
    expect(await page.evaluate('getComputedStyle(document.activeElement).clipPath')).toBe('none');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');

    expect(await page.locator('main :focus').textContent()).toBe('Home');
  });

  test.each(Object.entries(pages))(
    'reaches every link of %s by keys, in order and in sight',
    async (_kind, path) => {
      const page = await open(path);
      const count = (await page.evaluate(`${keyStops}.length`)) as number;

      const stops: unknown[] = [];
      for (let stop = 0; stop < count; stop += 1) {
        await page.keyboard.press('Tab');
        stops.push(await page.evaluate(focused));
      }

      expect(stops).toEqual(
        Array.from({ length: count }, (_, place) => ({ place, outline: 'solid 3px', isInSight: true })),
      );
    },
  );

  test.each(widths)('needs no sideways scrolling at %i pixels', async (width) => {
    const page = await open('/', { viewport: { width, height: 800 } });

    const tooWide: string[] = [];
    for (const [kind, path] of Object.entries(pages)) {
      await page.goto(path);
      if ((await sidewaysPixels(page)) !== 0) tooWide.push(kind);
    }
    expect(tooWide).toEqual([]);
  });

  test('can be read at twice its size', async () => {
    // A window of 1280 pixels at 200 %.
    const page = await open('/', { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 });

    for (const path of Object.values(pages)) {
      await page.goto(path);
      expect([path, await sidewaysPixels(page)]).toEqual([path, 0]);
      expect(await page.getByRole('heading', { level: 1 }).isVisible()).toBe(true);
    }
  });

  test.each([
    ['light', 'rgb(252, 251, 248)'],
    ['dark', 'rgb(22, 24, 27)'],
  ] as const)('comes on %s paper where the reader wants it', async (colorScheme, paper) => {
    const page = await open('/news/everything', { colorScheme });

    expect(await page.evaluate('getComputedStyle(document.documentElement).backgroundColor')).toBe(paper);
  });

  test('prints the story alone', async () => {
    const page = await open('/news/everything');

    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });

    for (const hidden of ['header nav', '.breadcrumb', '.neighbours', '.tags', '.skip'])
      expect([hidden, await page.locator(hidden).first().isVisible()]).toEqual([hidden, false]);
    expect(await page.locator('.body').isVisible()).toBe(true);
    expect(await page.evaluate('getComputedStyle(document.documentElement).color')).toBe('rgb(0, 0, 0)');
  });

  test('keeps between 60 and 75 characters on a line, in whatever font the machine has', async () => {
    const page = await open('/news/picture', { viewport: { width: 1280, height: 800 } });

    const perLine = await page.evaluate(charactersPerLine);

    expect(perLine).toBeGreaterThanOrEqual(60);
    expect(perLine).toBeLessThanOrEqual(75);
  });

  test('counts one view for each visit, and none for what is fetched ahead', async () => {
    const viewsNow = async () => (await site.json('/news/note-7.json')).views;

    const page = await open('/news/note-7');
    expect(await page.locator('.views').textContent()).toBe('Views: 1');
    await page.reload();
    expect(await page.locator('.views').textContent()).toBe('Views: 2');
    await page.goto('/about');
    const ahead = page.waitForResponse((response) => response.url().endsWith('/news/note-7'));
    await page.setContent(`<link rel="prefetch" href="${site.url}/news/note-7">`);
    expect((await (await ahead).request().allHeaders())['sec-purpose']).toContain('prefetch');

    expect(await viewsNow()).toBe(2);
  });
});

function sidewaysPixels(page: Page): Promise<unknown> {
  return page.evaluate('document.documentElement.scrollWidth - innerWidth');
}
