import { describe, expect, test } from 'vitest';
import { chromiumPath } from '../support/browser/chromium.ts';
import { clipboards } from '../support/browser/clipboards.ts';
import { deskEditorTests, dot } from '../support/browser/desk-editor.ts';

const list = '<ul><li>Adults<ul><li>with a bicycle</li></ul></li><li>Children</li></ul>';
const shortList = '<ul><li>Adults<ul><li>with a bicycle</li></ul></li></ul>';
const toNote = '<sup class="footnote-ref"><a href="#fn1" id="fnref1">[1]</a></sup>';
const note =
  '<section class="footnotes"><ol><li id="fn1"><p>By the winter timetable. <a href="#fnref1" class="footnote-backref">↩︎</a></p></li></ol></section>';
const word = [
  '<h2>Ferry returns</h2>',
  '<h2>The first trip</h2>',
  `<p>The ferry <strong>Elbe 3</strong> runs again, says <a href="https://harbour.example/news">the <em>harbour</em> office</a>. At last.${toNote}</p>`,
  list,
  '<h3>Steps</h3>',
  '<ol start="3"><li>Buy</li><li>Board</li></ol>',
  '<blockquote><p>We waited.</p></blockquote>',
  '<p>new words</p>',
  '<table><tbody><tr><td><strong>Leaves</strong></td><td class="right">Fare</td></tr><tr><td>06:00</td><td>4&nbsp;€</td></tr></tbody></table>',
  '<figure><img src="/media/the-quay-at-dawn-(hash).png" alt="The quay at dawn"></figure>',
  note,
];

const expected: Record<keyof typeof clipboards, string[]> = {
  word,
  wordWithoutRtf: word.filter((block) => !block.startsWith('<figure>')),
  wordOnline: [
    '<h2>The first trip</h2>',
    '<p><strong>Elbe&nbsp;3</strong> runs <a href="https://harbour.example/">again</a></p>',
    list,
  ],
  googleDocs: [
    '<h2>The first trip</h2>',
    '<p><strong>Elbe 3</strong> runs <em>again</em>, says <a href="https://harbour.example/news">the office</a><s>old</s><sup>2</sup></p>',
    list,
    '<ol><li>Buy</li></ol>',
    '<table><tbody><tr><td><strong>Leaves</strong></td><td class="right">Fare</td></tr></tbody></table>',
    '<figure><img src="/media/picture-(hash).png" alt=""></figure>',
  ],
  pages: [
    '<p><strong>Elbe 3</strong> runs <em>again</em>.</p>',
    '<p>Says <a href="https://harbour.example/">the office</a>.</p>',
    shortList,
  ],
  libreOffice: [
    '<h2>The first trip</h2>',
    `<p><strong>Elbe 3</strong> runs <em>again</em>${toNote}</p>`,
    shortList,
    '<blockquote><p>We waited.</p></blockquote>',
    note,
  ],
  webPage: [
    '<h2>The first trip</h2>',
    '<p>Elbe&nbsp;3 <strong>runs</strong> <a href="https://harbour.example/">again</a>. Sign up</p>',
    '<p><a href="https://other.example/quay.jpg">The quay</a> The <em>quay</em></p>',
    '<p>One line</p>',
    '<p>Another line</p>',
    '<pre><code class="language-js">let a = 1;\nlet b;</code></pre>',
    '<p><a href="https://video.example/embed/1">A film</a></p>',
  ],
  plainText: ['<p>One line<br>its second</p>', '<p>Another &lt;b&gt;paragraph&lt;/b&gt;</p>'],
};

const notes: Partial<Record<keyof typeof clipboards, string>> = {
  wordWithoutRtf: 'Pictures that did not come along: 1. Paste or drop them one by one.',
  webPage: 'The quay could not be copied from its site: a link to it stands in its place.',
};

describe.runIf(chromiumPath)('what is pasted into the body', () => {
  const { desk } = deskEditorTests(async (desk) => {
    desk.forgive(/^asked for https:|ERR_FAILED/);
    await desk.page.route('https://**/*', (route) => route.abort());
    await desk.open('');
  });

  test.each(Object.keys(expected) as (keyof typeof expected)[])(
    'comes from %s without junk',
    async (program) => {
      await desk.paste(clipboards[program]);

      await expect.poll(() => desk.ask('desk.editor.unsentPictures()')).toBe(0);
      const html = await desk.html();
      expect(html.replace(/-[0-9a-f]{8}\.png/g, '-(hash).png')).toBe(expected[program].join('\n'));
      expect(await desk.ask('desk.notes')).toEqual(notes[program] ? [notes[program]] : []);
      if (program === 'webPage') desk.forgive(/other\.example\/quay\.jpg$|net::ERR_/);
      expect(await desk.troubles()).toEqual([]);
    },
  );

  test('brings pictures of another site along where that site lets it', async () => {
    const asked: string[] = [];
    desk.forgive(/^asked for https:|ERR_FAILED/);
    await desk.page.route('https://**/*', async (route) => {
      const headers = await route.request().allHeaders();
      asked.push(`${route.request().url()} ${headers.referer} ${headers.cookie}`);
      await route.fulfill({
        body: dot,
        headers: { 'content-type': 'image/png', 'access-control-allow-origin': '*' },
      });
    });
    await desk.paste({ 'text/html': '<p>a <img src="https://docs.example/key=abc" alt="A quay"> b</p>' });

    await expect.poll(() => desk.ask('desk.editor.unsentPictures()')).toBe(0);
    expect(await desk.html()).toMatch(
      /^<p>a<\/p>\n<figure><img src="\/media\/a-quay-[0-9a-f]{8}\.jpg" alt="A quay"><\/figure>\n<p>b<\/p>$/,
    );
    expect(asked).toEqual(['https://docs.example/key=abc undefined undefined']);
    desk.forgive(/^asked for https:\/\/docs\.example/);
    expect(await desk.troubles()).toEqual([]);
  });

  test('numbers the notes on from those that are there', async () => {
    await desk.open(`<p>Said${toNote}</p>${note}`);
    await desk.page.locator('.desk-text > p').click();
    await desk.page.keyboard.press('Control+Home');

    await desk.paste(clipboards.libreOffice);

    expect(await desk.html()).toContain('<a href="#fn2" id="fnref2">[2]</a>');
    expect(await desk.html()).toContain('<li id="fn2">');
  });

  test('copies within the article what it cannot edit', async () => {
    const html =
      '<p>a</p>\n<table><tbody><tr><th scope="row" class="right">n</th></tr></tbody></table>\n<p lang="fr">b<kbd>c</kbd></p>';
    await desk.open(html);
    await desk.page.locator('.desk-text').focus();
    await desk.page.keyboard.press('Control+a');

    await desk.page.keyboard.press('Control+c');
    await desk.page.keyboard.press('Control+x');
    await desk.page.keyboard.press('Control+v');

    expect(await desk.html()).toBe(html);
    expect(await desk.troubles()).toEqual([]);
  });

  test('makes a link of the words that an address is pasted over', async () => {
    await desk.open('<p>the <b>office</b></p>');
    await desk.page.locator('.desk-text b').dblclick();
    // The editor learns of a selection by an event.
    await expect
      .poll(() => desk.page.getByRole('button', { name: 'Bold' }).getAttribute('aria-pressed'))
      .toBe('true');

    await desk.paste({ 'text/plain': 'https://harbour.example/' });

    expect(await desk.html()).toBe('<p>the <a href="https://harbour.example/"><b>office</b></a></p>');
  });

  test('stands in the place of a selection, within its line', async () => {
    await desk.open('<p>one <b>two</b> three</p>');
    await desk.page.locator('.desk-text b').dblclick();
    // The editor learns of a selection by an event.
    await expect
      .poll(() => desk.page.getByRole('button', { name: 'Bold' }).getAttribute('aria-pressed'))
      .toBe('true');

    await desk.paste({
      'text/html': '<meta charset="utf-8"><span style="color:red">six <b>seven</b></span>',
    });

    expect(await desk.html()).toBe('<p>one six <strong>seven</strong> three</p>');
  });
});
