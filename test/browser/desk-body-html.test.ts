import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chromiumPath } from '../support/browser/chromium.ts';
import { deskEditorTests } from '../support/browser/desk-editor.ts';
import { anyHtml } from '../unit/arbitraries.ts';

/** Blocks as the cleaning stores them. */
const blocks = {
  paragraph: '<p>One <strong>bold</strong>, <i>slanted</i> &amp; a\nsoft break.</p>',
  marks:
    '<p><em><strong>both</strong></em> <strong><em>ways</em></strong>, <b>b</b> <u>u</u> <mark>m</mark> <kbd>K</kbd> H<sub>2</sub>O</p>',
  links:
    '<p><a href="/news/other" hreflang="en" rel="nofollow">inner</a> and <a href="mailto:a@example.org" title="T">mail</a></p>',
  heading: '<h2 id="text-part">Part</h2>',
  deep: '<h5>Deep</h5>',
  tight: '<ul>\n<li>a</li>\n<li>b\n<ul>\n<li>c</li>\n</ul>\n</li>\n</ul>',
  loose: '<ol start="3">\n<li>\n<p>a</p>\n</li>\n<li>\n<p>b</p>\n<p>c</p>\n</li>\n</ol>',
  quote: '<blockquote>\n<p>Said.</p>\n</blockquote>',
  code: '<pre><code class="language-ts">if (a &lt; b)\n  go();\n</code></pre>',
  rule: '<hr />',
  picture: '<p><img src="/media/a.jpg" alt="A" title="T" /></p>',
  figure: '<figure><img src="/media/a.jpg" alt="A" /><figcaption>By <em>day</em></figcaption></figure>',
  break: '<p>one<br />two</p>',
};
/** Shown, and left as they are. */
const keptBlocks = {
  table: '<table><thead><tr><th class="right">n</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>',
  details: '<details open=""><summary>More</summary><p>Inside</p></details>',
  footnotes:
    '<section class="footnotes">\n<ol>\n<li id="fn1"><p>Note <a href="#fnref1" class="footnote-backref">↩︎</a></p>\n</li>\n</ol>\n</section>',
  definitions: '<dl><dt>Term</dt><dd>Meaning</dd></dl>',
  video: '<video src="/media/a.mp4" controls=""></video>',
  math: '<math display="block"><mfrac><mi>a</mi><mn>2</mn></mfrac></math>',
  div: '<div lang="fr"><p>Un</p></div>',
};
const inlineKept =
  '<p>Said<sup class="footnote-ref"><a href="#fn1" id="fnref1">[1]</a></sup>, <ruby>漢<rt>kan</rt></ruby>, <math><mi>x</mi></math>.</p>';

describe.runIf(chromiumPath)('the body of an article in the editor', () => {
  const { desk } = deskEditorTests();

  test.each(Object.entries({ ...blocks, inlineKept, ...keptBlocks }))(
    'gives back %s as it was, also beside an edited paragraph',
    async (_name, block) => {
      const html = `<p>First</p>\n${block}\n<p>Last</p>`;
      await desk.open(html);
      expect([await desk.html(), await desk.ask('desk.editor.isChanged()')]).toEqual([html, false]);

      await desk.page.locator('.desk-text > p').first().click();
      await desk.page.keyboard.press('Home');
      await desk.page.keyboard.type('My ');

      expect(await desk.html()).toBe(html.replace('First', 'My First'));
      expect(await desk.ask('desk.editor.isChanged()')).toBe(true);
      await desk.page.keyboard.press('Control+z');
      expect(await desk.html()).toBe(html);
    },
  );

  test.each(Object.entries(blocks))('can edit %s', async (_name, block) => {
    await desk.open(block);

    expect(await desk.page.locator('.desk-kept, .desk-kept-inline').count()).toBe(0);
  });

  test.each(Object.entries(keptBlocks))('shows %s as a block that is kept', async (_name, block) => {
    await desk.open(`<p>First</p>${block}`);

    expect(await desk.page.locator('.desk-kept, .desk-kept-inline').count()).toBe(1);
  });

  test('writes an edited block without what it need not change', async () => {
    await desk.open(`${blocks.tight}\n${blocks.loose}\n${inlineKept}`);

    for (const place of ['ul > li', 'ol > li', ':scope > p']) {
      await desk.page
        .locator(`.desk-text`)
        .locator(place === ':scope > p' ? ':scope > p' : `:scope > ${place}`)
        .first()
        .click();
      await desk.page.keyboard.press(place === ':scope > p' ? 'Control+End' : 'End');
      await desk.page.keyboard.type('!');
    }

    expect(await desk.html()).toBe(
      [
        '<ul><li>a!</li><li>b<ul><li>c</li></ul></li></ul>',
        '<ol start="3"><li><p>a!</p></li><li><p>b</p><p>c</p></li></ol>',
        inlineKept.replace('.</p>', '.!</p>'),
      ].join('\n'),
    );
  });

  test('keeps the bytes of any clean body, but for the paragraph that is edited', async () => {
    await fc.assert(
      fc.asyncProperty(anyHtml, async (any) => {
        const html = `<p>First</p>\n${any}<hr />`;

        const [same, isChanged, edited] = await desk.ask<[string, boolean, string]>(`(() => {
          desk.open(${JSON.stringify(html)});
          const before = [desk.editor.html(), desk.editor.isChanged()];
          desk.paste({ 'text/plain': 'My ' });
          return [...before, desk.editor.html()];
        })()`);

        expect([same, isChanged]).toEqual([html, false]);
        expect(edited).toBe(html.replace('First', 'My First'));
      }),
      { numRuns: 200 },
    );
    desk.forgive(/^asked for|ERR_/);
  });
});
