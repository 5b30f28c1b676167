import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, launchChromium } from '../support/browser/chromium.ts';
import { articleFile, closeSound, type Site, startSite } from '../support/site.ts';

/** What a page may hold that a browser fetches, or tries to. */
const around = (url: string) => `
<img src="${url}" alt="a"><img srcset="${url} 1x" src="https://none.invalid/none.png" alt="b"><img src="${url}" loading="lazy" alt="c">
<picture><source srcset="${url}"><img src="${url}" alt="d"></picture>
<video src="${url}" controls></video><video poster="${url}" controls><source src="${url}"><track src="${url}" default></video>
<audio src="${url}" controls></audio><iframe src="${url}" title="e"></iframe><object data="${url}"></object>
<embed src="${url}"><link rel="stylesheet" href="${url}"><script src="${url}"></script>
<p style="background: url(${url})">f</p><p>Text.</p>
`;

describe.runIf(chromiumPath)('what a browser fetches', () => {
  let site: Site;
  let browser: Browser;

  beforeAll(async () => {
    const broken = ['', '#', '#here', '?', '/news/own', 'own', './own', 'https://none.invalid/a.png'];
    site = await startSite({
      files: {
        'articles/own.md': articleFile('Own', '2026-01-02T10:00:00+08:00', [], broken.map(around).join('\n')),
        'articles/other.md': articleFile('Other', '2026-01-01T10:00:00+08:00'),
      },
    });
    browser = await launchChromium();
    return async () => {
      await browser.close();
      await closeSound(site);
    };
  });

  const viewsOf = async (slug: string): Promise<number> => (await site.json(`/news/${slug}`)).views;

  test('counts one view of a page, whatever broken resource and address of itself it holds', async () => {
    const before = await viewsOf('own');
    const page = await browser.newPage();

    await page.goto(`${site.url}/news/own`, { waitUntil: 'networkidle' });

    await page.close();
    expect((await viewsOf('own')) - before).toBe(1);
  });

  test('counts no view of what another page embeds, and one when its reader follows the link', async () => {
    const before = await viewsOf('other');
    const url = `${site.url}/news/other`;
    const html = `<!doctype html><title>x</title>${around(url)}<script>fetch('${url}'); new Worker(URL.createObjectURL(new Blob([''])))</script><a href="${url}">Other</a>`;
    const foreign = createServer((_, response) => response.setHeader('Content-Type', 'text/html').end(html));
    await new Promise<void>((resolve) => foreign.listen(0, '127.0.0.1', resolve));
    const asked: string[] = [];
    const page = await browser.newPage();
    page.on('request', (request) => request.url() === url && asked.push(request.resourceType()));

    await page.goto(`http://127.0.0.1:${(foreign.address() as AddressInfo).port}/`, {
      waitUntil: 'networkidle',
    });
    const embedded = (await viewsOf('other')) - before;
    await page.getByRole('link', { name: 'Other' }).click();
    await page.getByRole('heading', { level: 1 }).waitFor();

    await page.close();
    foreign.closeAllConnections();
    foreign.close();
    expect(asked.length).toBeGreaterThan(6);
    expect([embedded, (await viewsOf('other')) - before]).toEqual([0, 1]);
  });
});
