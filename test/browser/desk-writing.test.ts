import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { siteYaml } from '../infra/content-folder.ts';
import { chromiumPath, launchChromium, openPage, type WatchedPage } from '../support/browser/chromium.ts';
import { deskButton, deskTells, signInByKeys, writeAtDesk } from '../support/browser/desk.ts';
import { signedFetch } from '../support/sign.ts';
import { articleFile, closeSound, type Site, startSite } from '../support/site.ts';

const violations = `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }).then(({ violations }) =>
  violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' ')))`;

describe.runIf(chromiumPath)('at the desk', () => {
  let site: Site;
  let browser: Browser;
  const watched: WatchedPage[] = [];

  beforeAll(async () => {
    site = await startSite({
      files: { 'site.yaml': siteYaml, 'articles/kept.md': articleFile('Kept', '2026-01-01T10:00:00+08:00') },
    });
    browser = await launchChromium();
    return async () => {
      await browser.close();
      await closeSound(site);
    };
  });

  afterEach(async () => {
    const troubles = watched.flatMap((one) => one.troubles);
    for (const { page } of watched.splice(0)) await page.context().close();
    // An answer that is a refusal, and a connection that a test cuts, are told in the console as well.
    expect(troubles.filter((one) => !/status of (403|409|412|422)|ERR_(FAILED|INTERNET)/.test(one))).toEqual(
      [],
    );
  });

  async function openDesk(place = '', options: Parameters<typeof openPage>[2] = {}): Promise<Page> {
    const one = await openPage(browser, site.url, options);
    watched.push(one);
    await one.page.goto(`/desk${place}`);
    await signInByKeys(one.page);
    return one.page;
  }

  async function publish(page: Page, name = 'Publish'): Promise<void> {
    await deskButton(page, name).click();
    await deskTells(page, 'Published.');
  }

  const stored = async (slug: string) =>
    (await signedFetch(`${site.url}/articles/${slug}`)).json() as Promise<{ article: object }>;
  const feed = async (): Promise<{ title: string }[]> => (await site.json('/feed.json')).items;
  const read = async (slug: string) => {
    const answer = await site.fetch(`/news/${slug}`, { headers: { Accept: 'text/html' } });
    return { status: answer.status, text: await answer.text() };
  };

  test('wrong keys are told in plain words', async () => {
    const one = await openPage(browser, site.url);
    watched.push(one);
    await one.page.goto('/desk');
    await signInByKeys(one.page, 'wrong');

    await one.page.getByRole('alert').getByText('These keys may not write here').waitFor();
  });

  test('a story is written, published, corrected, restored, withdrawn and taken back', async () => {
    const page = await openDesk('#/new');
    await writeAtDesk(page, 'Fog over the quay', 'It is gray.');
    await page.getByLabel('Tags').fill('Fog, Quay');
    await publish(page);
    expect((await read('fog-over-the-quay')).text).toContain('<p>It is gray.</p>');
    expect((await feed())[0]?.title).toBe('Fog over the quay');

    await writeAtDesk(page, 'Fog over the quay', ' It lifts.');
    await page.getByText('Source, language, addresses, corrections').click();
    await deskButton(page, 'Add a correction').click();
    await page.locator('fieldset', { hasText: 'Corrections' }).locator('input').fill('It was grey.');
    await publish(page, 'Update');
    expect((await read('fog-over-the-quay')).text).toMatch(/It was grey\..*It is gray\. It lifts\./s);

    await deskButton(page, 'Versions').click();
    await page.locator('.versions li').first().getByRole('button', { name: 'Restore' }).click();
    await deskTells(page, 'Restored.');
    expect((await read('fog-over-the-quay')).text).not.toContain('It lifts.');

    await deskButton(page, 'Withdraw…').click();
    await page.getByLabel(/Why is it withdrawn/).fill('It was too foggy.');
    await deskButton(page, 'Withdraw').click();
    await deskTells(page, 'Withdrawn.');
    expect(await read('fog-over-the-quay')).toMatchObject({
      status: 410,
      text: expect.stringContaining('too foggy'),
    });

    await deskButton(page, 'Take back').click();
    await deskTells(page, 'Restored.');
    expect((await read('fog-over-the-quay')).status).toBe(200);
  });

  test('a draft is saved, and scheduled in the zone of the site', async () => {
    const page = await openDesk('#/new');
    await writeAtDesk(page, 'Later', 'Not yet.');
    await deskButton(page, 'Save draft').click();
    await deskTells(page, 'Saved.');
    expect(await stored('later')).toMatchObject({ status: 'draft', article: { html: '<p>Not yet.</p>' } });

    await page.getByLabel('Publication (Asia/Shanghai)').fill('2098-03-02T18:00');
    await deskButton(page, 'Schedule').click();
    await deskTells(page, 'Scheduled.');
    expect(await stored('later')).toMatchObject({
      status: 'published',
      publishedAt: '2098-03-02T10:00:00.000Z',
    });
    expect((await read('later')).status).toBe(404);
    await page.evaluate("location.hash = '#/'");
    await page.getByRole('button', { name: 'Scheduled' }).click();
    await page.locator('.list li', { hasText: 'Later' }).getByText('· local').waitFor();
    await page.goto(`${site.url}/desk`);
  });

  test('an article that is opened and saved unchanged is not written', async () => {
    const before = await stored('kept');
    const page = await openDesk('#/article/kept');
    await page.getByLabel('Text in Markdown').or(page.locator('.desk-markdown')).first().waitFor();
    await deskButton(page, 'Update').click();
    await deskTells(page, 'Nothing has changed');

    expect(await stored('kept')).toEqual(before);
  });

  test('what is wrong stands at its field', async () => {
    const page = await openDesk('#/new');
    await page.locator('.desk-text').click();
    await page.keyboard.type('Text without a title.');
    await deskButton(page, 'Publish').click();

    await deskTells(page, 'Please look at the marked fields.');
    expect(await page.locator('.faulty').first().textContent()).toMatch(/^Title/);
  });

  test('a cut connection loses no word: it is kept, and sent when there is one again', async () => {
    const page = await openDesk('#/new');
    await writeAtDesk(page, 'Storm', 'Lines are down.');
    await page.context().setOffline(true);
    await deskButton(page, 'Publish').click();
    await deskTells(page, /^No connection/);
    await page.context().setOffline(false);
    await deskTells(page, 'Published.');
    expect((await read('storm')).text).toContain('Lines are down.');

    await writeAtDesk(page, 'Storm', ' They are up again.');
    await deskTells(page, 'Kept in this browser');
    await page.evaluate(
      'addEventListener("beforeunload", (event) => event.stopImmediatePropagation(), true)',
    );
    page.on('dialog', (dialog) => void dialog.accept());
    await page.reload();
    await signInByKeys(page);
    await deskButton(page, 'Go on with it').click();
    await publish(page, 'Update');
    expect((await read('storm')).text).toContain('Lines are down. They are up again.');
  });

  test("somebody else's edit is shown beside one's own, and neither is lost", async () => {
    const page = await openDesk('#/new');
    await writeAtDesk(page, 'Two hands', 'One.');
    await publish(page);
    const { article } = await stored('two-hands');
    await signedFetch(`${site.url}/articles/two-hands`, {
      method: 'PUT',
      body: { ...article, title: 'Two other hands', summary: 'Of two hands' },
    });

    await writeAtDesk(page, 'Two own hands', ' Two.');
    await deskButton(page, 'Update').click();
    const choice = page.getByRole('alertdialog');
    await choice.getByText('Two other hands').waitFor();
    expect(await choice.getByRole('group').count()).toBe(1);
    await choice.getByRole('radio', { name: 'Theirs' }).check();
    await deskButton(page, 'Go on with what is chosen').click();
    await publish(page, 'Update');

    expect((await stored('two-hands')).article).toMatchObject({
      title: 'Two other hands',
      summary: 'Of two hands',
      html: '<p>One. Two.</p>',
    });
  });

  test('an article that is withdrawn while one writes keeps the words, and takes them when it is back', async () => {
    const page = await openDesk('#/new');
    await writeAtDesk(page, 'Withdrawn', 'One.');
    await publish(page);
    await signedFetch(`${site.url}/articles/withdrawn`, { method: 'DELETE' });
    await writeAtDesk(page, 'Withdrawn', ' Two.');
    await deskButton(page, 'Update').click();
    await deskTells(page, /^Somebody has withdrawn/);
    await deskButton(page, 'Take back').click();
    await deskButton(page, 'Go on with it').click();
    await deskButton(page, 'Update').click();
    await deskTells(page, /Both changes are in it/);
    await publish(page, 'Update');

    expect((await read('withdrawn')).text).toContain('One. Two.');
  });

  test('an address that another article has is refused at its field', async () => {
    const page = await openDesk('#/new');
    await writeAtDesk(page, 'Another', 'Text.');
    await page.getByText('Source, language, addresses, corrections').click();
    await page.getByLabel('Address', { exact: true }).fill('kept');
    await deskButton(page, 'Publish').click();
    await page.locator('.faulty').getByText('is the address of another article').waitFor();
    expect((await stored('kept')).article).toMatchObject({ title: 'Kept' });
  });

  test.each([
    ['a phone', { width: 390, height: 844 }, 'dark'],
    ['a desk', { width: 1280, height: 1000 }, 'light'],
  ] as const)('every screen is fit for all on %s', async (_what, viewport, colorScheme) => {
    const page = await openDesk('', { viewport, colorScheme });
    await page.locator('.list li').first().waitFor();
    const check = async () => {
      await page.evaluate(`(() => { ${axe.source} })()`);
      expect(await page.evaluate(violations)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    };
    await check();
    // By keyboard alone: the list leads to an article, and `n` to a new one.
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.locator('.form').waitFor();
    await page.getByText('Source, language, addresses, corrections').click();
    await check();
    await deskButton(page, 'Versions').click();
    await page.locator('.versions').waitFor();
    await check();
  });
});
