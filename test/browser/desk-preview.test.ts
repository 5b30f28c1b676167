import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { build } from 'esbuild';
import type { Browser, Frame, Page } from 'playwright-core';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { desk } from '../../functions/desk.ts';
import { png } from '../infra/content-folder.ts';
import { chromiumPath, launchChromium, openPage } from '../support/browser/chromium.ts';
import { signedFetch } from '../support/sign.ts';
import { articleFile, closeSound, type Site, startSite } from '../support/site.ts';

const root = join(import.meta.dirname, '../..');

/** The preview beside what a test changes of the article. */
const entry = `
import { render } from 'preact';
import { Preview } from './functions/desk/preview.tsx';
import { previewLabels } from './functions/desk/preview-labels.ts';
const settings = JSON.parse(document.body.dataset.settings);
const state = { slug: undefined, article: { title: 'First', text: 'Some text.' }, asked: 0, violations: [] };
document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
  state.violations.push(violatedDirective + ' ' + blockedURI));
const api = {
  async call(method, path, { json } = {}) {
    state.asked += 1;
    if (state.isOffline) throw new Error('Offline');
    const answer = await fetch(path, { method, body: json && JSON.stringify(json) });
    return { status: answer.status, body: await answer.json() };
  },
};
state.show = (change = {}) => {
  Object.assign(state, change);
  render(<Preview article={() => state.article} slug={state.slug} api={api} settings={settings} labels={previewLabels.en} />, document.body);
};
globalThis.state = state;
state.show();
`;

let browser: Browser;
let site: Site;
let files: Map<string, Buffer>;

beforeAll(async () => {
  if (!chromiumPath) return;
  browser = await launchChromium();
  site = await startSite({
    files: { 'articles/filed.md': articleFile('Filed', '2026-01-02T10:00:00+08:00'), 'media/pier.png': png },
  });
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: root, sourcefile: 'page.tsx', loader: 'tsx' },
    ...{ bundle: true, minify: true, format: 'esm', target: 'es2022', write: false, absWorkingDir: root },
    ...{ jsx: 'automatic', jsxImportSource: 'preact', outdir: '/out', entryNames: 'main' },
  });
  files = new Map(
    outputFiles.map(({ path, contents }) => [
      `main.${createHash('sha256').update(contents).digest('hex').slice(0, 8)}.${path.split('.').at(-1)}`,
      Buffer.from(contents),
    ]),
  );
  return async () => {
    await browser.close();
    await closeSound(site);
  };
});

/** The page of the desk, by its own function and under its policy, on another origin than the site. */
async function openDesk(options: Parameters<typeof openPage>[2] = {}) {
  const settings = {
    ...{ siteUrl: site.url, title: 'Desk', language: 'en', timeZone: 'UTC', region: 'us-east-1' },
    signIn: { kind: 'keys' as const },
  };
  const app = desk({ settings, files });
  const server = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request;
    const sent = await text(request);
    const answer = url.startsWith('/desk')
      ? await app.request(`http://${headers.host}${url}`)
      : await signedFetch(site.url + url, { method, ...(sent && { raw: sent }) });
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(Buffer.from(await answer.arrayBuffer()));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { page, troubles } = await openPage(browser, url, options);
  onTestFinished(async () => {
    await page.context().close();
    server.close().closeAllConnections();
  });
  await page.goto('/desk');
  return {
    page,
    troubles: () => troubles.filter((trouble) => !trouble.startsWith(`asked for ${site.url}/`)),
  };
}

async function frameOf(page: Page): Promise<Frame> {
  const frame = await (await page.waitForSelector('iframe')).contentFrame();
  if (!frame) throw new Error('The frame shows nothing');
  return frame;
}

/** Changes what is written. */
function change(page: Page, to: object): Promise<void> {
  return page.evaluate(`state.show(${JSON.stringify(to)})`);
}

function stateOf(page: Page): Promise<{ asked: number; violations: string[] }> {
  return page.evaluate('({ asked: state.asked, violations: state.violations })');
}

const isDark = "matchMedia('(prefers-color-scheme: dark)').matches";
const clipboard = 'navigator.clipboard.readText()';

/** Until this is true in the frame or page, in which the policy lets no test wait by a script. */
function until(where: Frame | Page, condition: string): Promise<void> {
  return expect.poll(() => where.evaluate(condition), { timeout: 30_000 }).toBe(true);
}

/** Waits until the page that is shown has this headline. */
function waitForTitle(page: Page, title: string): Promise<void> {
  return until(page, `document.querySelector('iframe').getAttribute('srcdoc').includes('>${title}</h1>')`);
}

describe.skipIf(!chromiumPath)('the preview of the desk', () => {
  test('shows the real page in its own colours and fonts, at two widths, light and dark', async () => {
    const { page, troubles } = await openDesk({ viewport: { width: 1000, height: 900 }, colorScheme: null });
    const frame = await frameOf(page);
    await frame.waitForSelector('h1.p-name');
    const seen = (): Promise<{ back: string; width: number; dark: boolean }> =>
      frame.evaluate(
        `({ back: getComputedStyle(document.documentElement).backgroundColor, width: innerWidth, dark: ${isDark} })`,
      );
    const light = await seen();
    await page.getByRole('button', { name: 'Dark' }).click();
    await until(frame, isDark);
    const dark = await seen();
    await page.getByRole('button', { name: 'Phone' }).click();
    await until(frame, 'innerWidth === 390');
    const box = await page.locator('iframe').boundingBox();

    expect(light).toMatchObject({ width: 1280, dark: false });
    expect(dark.back).not.toBe(light.back);
    expect(Math.round(box?.width ?? 0)).toBe(390);
    expect(await frame.locator('h1').textContent()).toBe('First');
    expect(await stateOf(page)).toMatchObject({ violations: [] });
    expect(troubles()).toEqual([]);
  });

  test('fits a phone, whichever width it shows', async () => {
    const { page } = await openDesk({ viewport: { width: 390, height: 800 } });
    const frame = await frameOf(page);
    await frame.waitForSelector('h1.p-name');
    for (const name of ['Desktop', 'Phone']) {
      await page.getByRole('button', { name }).click();
      const width = name === 'Phone' ? 390 : 1280;
      await until(frame, `innerWidth === ${width}`);
      const box = await page.locator('iframe').boundingBox();
      expect(box?.width).toBeLessThanOrEqual(390);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    }
  });

  test('follows what is written once the typing stops, and says what is wrong', async () => {
    const { page, troubles } = await openDesk();
    const frame = await frameOf(page);
    await frame.waitForSelector('h1.p-name');
    for (const title of ['F', 'Fe', 'Ferry']) await change(page, { article: { title, text: 'Some text.' } });
    await waitForTitle(page, 'Ferry');
    const { asked } = await stateOf(page);
    await change(page, { article: { title: '', text: 'Some text.', tags: 'Port' } });
    await page.getByText('The page can be shown when this is mended').waitFor();
    const alert = await page.getByRole('alert').textContent();

    expect(asked).toBe(2);
    expect(alert).toContain('title');
    expect(alert).toContain('tags must be a list');
    expect(await page.locator('iframe').count()).toBe(1);
    // The browser tells of every answer that is an error.
    expect(troubles().filter((trouble) => !trouble.includes('422'))).toEqual([]);
    await change(page, { isOffline: true, article: { title: 'Lost', text: 'Some text.' } });
    await page.getByText('The page could not be made.').waitFor();
    await change(page, { isOffline: false });
    await page.getByRole('button', { name: 'Try again' }).click();
    await waitForTitle(page, 'Lost');
  });

  test('runs nothing of an article, and shows its pictures', async () => {
    const { page, troubles } = await openDesk();
    await change(page, {
      article: {
        title: '<img src=x onerror=alert(1)>',
        html: '<p onclick="alert(1)">Text <a href="javascript:alert(1)">here</a></p><script>alert(1)</script><iframe src="https://example.com/"></iframe><img src="/media/pier.png" alt="Pier">',
      },
    });
    const dialogs: string[] = [];
    page.on('dialog', (dialog) => dialogs.push(dialog.message()));
    const frame = await frameOf(page);
    await until(frame, "document.querySelector('.body img')?.naturalWidth > 0");
    await page.getByText('Left out of the text').click();

    expect(await page.locator('details li').allTextContents()).toContainEqual(
      expect.stringContaining('script'),
    );
    expect(await page.locator('iframe').getAttribute('sandbox')).toBe('');
    expect(dialogs).toEqual([]);
    expect(await stateOf(page)).toMatchObject({ violations: [] });
    expect(troubles()).toEqual([]);
  });

  test('copies the link of what is saved', async () => {
    const { page } = await openDesk({ permissions: ['clipboard-read', 'clipboard-write'] });
    await signedFetch(`${site.url}/articles/notes`, {
      method: 'PUT',
      body: { title: 'Notes', text: 'To be checked.', draft: true },
    });
    const press = async () => {
      await page.getByRole('button', { name: 'Copy preview link' }).click();
    };
    await press();
    await page.getByText('Save the article first').waitFor();
    await change(page, { slug: 'notes' });
    await press();
    await page.getByText('The link is copied.').waitFor();
    const copied = (await page.evaluate(clipboard)) as string;
    await change(page, { slug: 'filed' });
    await press();
    await page.getByText('The article is public').waitFor();

    expect(copied).toMatch(/\/news\/notes\?preview=[\w-]{22}$/);
    expect((await fetch(copied)).status).toBe(200);
    expect(await page.evaluate(clipboard)).toBe(`${site.url}/news/filed`);
  });
});
