import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { chromiumPath } from '../support/browser/chromium.ts';
import { deskEditorTests } from '../support/browser/desk-editor.ts';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const everything =
  '<h2>Part</h2><p>A <strong>b</strong> <a href="/news/a">c</a></p><ul><li>d</li></ul><blockquote><p>e</p></blockquote><pre><code>f</code></pre>' +
  '<table><tbody><tr><td>g</td></tr></tbody></table><figure><img src="/media/a.png" alt="h"></figure><figure><img src="/media/b.png" alt=""></figure><hr>';

describe.runIf(chromiumPath)('the keys and tools of the body editor', () => {
  const { desk, openAnother } = deskEditorTests(async (desk) => {
    await desk.open('');
    await desk.page.locator('.desk-text').focus();
  });

  async function type(...keys: string[]) {
    for (const key of keys)
      if (/^(?:Enter|Tab|Home|End|Backspace|Escape|(?:Control|Shift|Arrow).*)$/.test(key))
        await desk.page.keyboard.press(key);
      else await desk.page.keyboard.type(key);
  }
  const tool = (name: string) => desk.page.getByRole('button', { name, exact: true });

  test.each<[string, string[], string]>([
    ['headings', ['# Part', 'Enter', '### Smaller'], '<h2>Part</h2>\n<h3>Smaller</h3>'],
    [
      'lists, one in another',
      ['- a', 'Enter', 'b', 'Enter', 'Tab', 'c', 'Enter', 'Enter', 'Enter', 'end'],
      '<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>\n<p>end</p>',
    ],
    ['a list that starts later', ['3. a', 'Enter', 'b'], '<ol start="3"><li>a</li><li>b</li></ol>'],
    ['quotations', ['> said', 'Enter', 'Enter', 'then'], '<blockquote><p>said</p></blockquote>\n<p>then</p>'],
    ['code', ['```', 'a < b', 'Enter', 'c'], '<pre><code>a &lt; b\nc</code></pre>'],
    ['a line', ['---', 'after'], '<hr>\n<p>after</p>'],
    [
      'marks',
      ['a **b** *c* _d_ `e*` ~~f~~ g'],
      '<p>a <strong>b</strong> <em>c</em> <em>d</em> <code>e*</code> <s>f</s> g</p>',
    ],
    ['no marks within words or sums', ['snake_case_name 2 * 3 * 4'], '<p>snake_case_name 2 * 3 * 4</p>'],
    ['breaks', ['one', 'Shift+Enter', 'two'], '<p>one<br>two</p>'],
    ['keys', ['a', 'Control+b', 'b', 'Control+b', 'Control+i', 'c'], '<p>a<strong>b</strong><em>c</em></p>'],
    ['what was meant as it stands', ['## ', 'Backspace', 'a'], '<p>## a</p>'],
  ])('write %s', async (_what, keys, html) => {
    await type(...keys);

    expect((await desk.html()).trimEnd()).toBe(html);
  });

  test('undo and do again, by keys and tools', async () => {
    expect(await tool('Undo').getAttribute('aria-disabled')).toBe('true');
    await type('word');
    await type('Control+z');
    expect([await desk.html(), await desk.ask('desk.editor.isChanged()')]).toEqual(['', false]);

    await tool('Redo').click();

    expect(await desk.html()).toBe('<p>word</p>');
  });

  test('say what is on, and take it off again', async () => {
    await desk.open('<p><b>word</b></p>');
    await desk.page.locator('.desk-text b').dblclick();
    await expect.poll(() => tool('Bold').getAttribute('aria-pressed')).toBe('true');

    await tool('Bold').click();
    for (const name of ['Heading', 'Quotation', 'Bulleted list']) await tool(name).click();
    expect(await desk.html()).toBe('<blockquote><ul><li>word</li></ul></blockquote>');
    await tool('Numbered list').click();
    expect(await desk.html()).toBe('<blockquote><ol><li>word</li></ol></blockquote>');
    await tool('Numbered list').click();
    await tool('Quotation').click();
    expect(await desk.html()).toBe('<p>word</p>');
  });

  test('link, change a link and take it off', async () => {
    // The editor learns of a selection by an event.
    const isOn = (name: string) => expect.poll(() => tool(name).getAttribute('aria-pressed')).toBe('true');
    await desk.open('<p><b>word</b></p>');
    await desk.page.locator('.desk-text b').dblclick();
    await isOn('Bold');

    await type('Control+k', 'harbour.example/news', 'Enter');
    expect(await desk.html()).toBe('<p><a href="https://harbour.example/news"><b>word</b></a></p>');
    await type('ArrowLeft');
    await isOn('Link');
    await type('Control+k', 'Control+a', 'me@harbour.example', 'Enter');
    expect(await desk.html()).toBe('<p><a href="mailto:me@harbour.example"><b>word</b></a></p>');
    await type('ArrowLeft');
    await isOn('Link');
    await type('Control+k');
    await tool('Remove link').click();

    expect(await desk.html()).toBe('<p><b>word</b></p>');
  });

  test('are one stop of the Tab key, and the arrows lead through them', async () => {
    const focused = () => desk.ask('document.activeElement.getAttribute("aria-label")');
    await type('Shift+Tab');
    expect(await focused()).toBe('Bold');
    await type('ArrowRight', 'ArrowRight');
    expect(await focused()).toBe('Link');
    await type('End');
    expect(await focused()).toBe('Redo');
    await type('ArrowRight');
    expect(await focused()).toBe('Bold');
    await type('Tab');
    expect(await focused()).toBe('Text of the article');
  });

  test.each(['light', 'dark'] as const)('leave nobody out in the %s', async (colorScheme) => {
    for (const width of [390, 1280]) {
      const other = await openAnother({
        bypassCSP: true,
        colorScheme,
        viewport: { width, height: 800 },
      });
      await other.open(everything);
      await other.page.locator('.desk-text strong').click();
      await other.ask(`void (document.documentElement.style.colorScheme = 'light dark')`);
      await other.page.getByRole('button', { name: 'Link' }).click();

      await other.page.evaluate(axe);
      const { violations } = await other.ask<{ violations: { id: string; nodes: { html: string }[] }[] }>(
        `axe.run('.desk-body')`,
      );

      expect(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))).toEqual([]);
      expect(await other.ask('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
      const small = await other.ask<
        string[]
      >(`Array.from(document.querySelectorAll('.desk-body :is(button, input, textarea)'))
        .filter((one) => { const { width, height } = one.getBoundingClientRect(); return width > 0 && Math.min(width, height) < 44; })
        .map((one) => one.outerHTML)`);
      expect(small).toEqual([]);
      await other.page.context().close();
    }
  });
});
