import { beforeAll, expect, test } from 'vitest';
import { repeat } from '../support/repeat.ts';
import { signedFetch } from '../support/sign.ts';
import { closeSound, type Site, startSite } from '../support/site.ts';
import { findUnsafe, readDocuments, readStream, type StrictStream } from '../support/strict-documents.ts';
import { findOne, textOf } from '../unit/html-tree.ts';

const js = 'javascript:alert(1)';

/** HTML that wants to run, load, redirect, leave its element or change what stands around it. */
const html: Record<string, string> = {
  'a script': '<script>alert(1)</script>',
  'a script within a script': '<scr<script></script>ipt>alert(1)</scr</script>ipt>',
  'a script that never ends': '<script>alert(1)',
  'a script behind a NUL-like reference': '<&#115;cript>alert(1)</&#115;cript>',
  'event handlers': '<p onclick=alert(1) ONLOAD="alert(1)" on\u212Akey=1>a</p><img/src=x/onerror=alert(1)>',
  'an event handler behind an odd space':
    '<img src=x\u00A0onerror=alert(1)><img src=x\u3000onerror=alert(1)>',
  'an event handler in a broken attribute':
    '<img alt="a"onerror=alert(1) src="b><img src=x onerror=alert(1)>',
  'a style sheet': `<style>*{background:url(${js})}</style><p style="background:url(${js})">a</p>`,
  frames: `<iframe src="${js}" srcdoc="<script>alert(1)</script>"></iframe><frameset><frame src="${js}">`,
  SVG: `<svg onload=alert(1)><a xlink:href="${js}"><text>a</text></a><animate attributeName=href values=${js}>`,
  'SVG with a style that hides': '<svg><style><img src=x onerror=alert(1)></style></svg>',
  'MathML that moves':
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
  'MathML with a link': `<math href="${js}">a</math><math><maction actiontype="statusline#${js}">`,
  'a form': `<form action="${js}"><input name=a autofocus onfocus=alert(1)><button formaction="${js}">b</button>`,
  'two forms': `<form id=a></form><button form=a formaction="${js}">b</button><isindex action="${js}">`,
  'a base': '<base href="https://evil.example/"><a href="a">b</a>',
  'a refresh': `<meta http-equiv="refresh" content="0;url=${js}"><meta charset="utf-7">+ADw-script+AD4-`,
  'a template': '<template><script>alert(1)</script></template><template shadowrootmode=open><p>a',
  'a slot and a custom element': '<x-a is=b onclick=alert(1)><slot name=a></slot></x-a>',
  noscript: '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
  'a select':
    '<select><option><script>alert(1)</script></select><select><style></select><img src=x onerror=alert(1)>',
  'raw text elements':
    '<xmp><p title="</xmp><img src=x onerror=alert(1)>"></xmp><noembed><img src=x onerror=alert(1)>',
  'a textarea': '<textarea><img title="</textarea><script>alert(1)</script>"></textarea>',
  plaintext: '<plaintext><script>alert(1)</script></article></main>',
  'a title': '<title><p title="</title><img src=x onerror=alert(1)>"></title>',
  objects: `<object data="${js}"></object><embed src="${js}"><applet code=a><param name=url value="${js}">`,
  'tags of the page': '</div></article></main></body></html><main id="content"><p id="content">a</main>',
  'tags left open': '<div><section><table><tr><td><ul><li><b><i><a href="/a">',
  'a table that lets out':
    '<table><p>a</p><tr><script>alert(1)</script><td>b</td></tr><main>c</main></table>',
  comments: '<!-- a --!><script>alert(1)</script> --> <!-- <!--> <img src=x onerror=alert(1)> --> <!--',
  'a comment that never ends': '<p>a</p><!-- </article>',
  'bogus comments': '<!a><?php alert(1) ?><![CDATA[<script>alert(1)</script>]]></><//a>',
  'an end of CDATA': 'a ]]> b <p title="]]>">]]&gt;</p> ]]]]><![CDATA[>',
  XML: '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><p>&b; &lol9;</p>',
  'XML namespaces':
    '<html:script xmlns:html="http://www.w3.org/1999/xhtml">alert(1)</html:script><a xml:base="//e">b</a>',
  'ids of the page': '<p id="content">a</p><a name="content">b</a><img id="cookie" src="/a">',
  'a nested link': `<a href="/a"><b><a href="${js}">b</a></b></a><a href="/a" href="${js}">c</a>`,
  'a srcset': `<img src="/a.png" srcset="${js} 1x, data:image/svg+xml,<svg/onload=alert(1)> 2x, /b.png 3x">`,
  'a picture and a video': `<picture><source srcset="${js}"></picture><video poster="${js}" src="data:,a"><source src="${js}"></video>`,
  'a quotation’s origin': `<blockquote cite="${js}">a</blockquote><q cite="${js}">b</q><del cite="${js}">c</del>`,
  'formatting elements that are closed late': '<a href="/a"><p>a<a href="/b"><table><a href="/c">b</table>',
  'a ruby and a summary': '<ruby>a<rt>b<rt>c</ruby><details open ontoggle=alert(1)><summary>d',
  'direction marks': '\u202Eabc<bdo dir=rtl>def</bdo>\u2066ghi',
};

/** Addresses that run; the spaces and controls in them a browser leaves out. */
const addresses = [
  ...[
    js,
    'JaVaScRiPt:alert(1)',
    ' \t\n javascript:alert(1)',
    'java\tscript:alert(1)',
    'java\nscript:alert(1)',
  ],
  ...['javascript&colon;alert(1)', 'java&#x0A;script:alert(1)', 'java&Tab;script&colon;alert(1)'],
  ...['&#106;&#97vascript:alert(1)', '&#x6A;avascript:alert(1)', '&#0000106avascript:alert(1)'],
  ...['vbscript:msgbox(1)', 'data:text/html,<script>alert(1)</script>', 'data:text/html;base64,PHNjcmlwdD4='],
  ...[
    'DATA:image/svg+xml,a',
    'blob:https://a.example/b',
    'filesystem:https://a.example/b',
    'file:///etc/passwd',
  ],
  ...[
    'feed:javascript:alert(1)',
    'jar:javascript:alert(1)',
    'view-source:javascript:alert(1)',
    'about:blank',
  ],
  ...[
    '\\x6aavascript:alert(1)',
    '\\u006aavascript:alert(1)',
    'javascript\u2236alert(1)',
    '\uFEFFjavascript:alert(1)',
  ],
  ...[
    'http://[javascript:alert(1)',
    'https:javascript:alert(1)',
    '//javascript:alert(1)/',
    '?javascript:alert(1)',
  ],
];
const linked = (url: string) =>
  `<a href="${url}">a</a><img src="${url}"><video src='${url}' poster=${url}></video>`;

const markdown: Record<string, string> = {
  'a link': `[a](${js}) [b](<java\tscript:alert(1)>) [c](JAVASCRIPT&colon;alert(1)) ![d](data:image/svg+xml,e)`,
  references: `[a] ![b][a]\n\n[a]: ${js} "onclick=alert(1)"`,
  autolinks: `<${js}> <data:text/html,a> <vbscript:b>`,
  'a title': '[a](/b "\\" onmouseover=alert(1) x=\\"")  ![c](/d \'"onerror=alert(1)\')',
  'alternative text': '![" onerror=alert(1) x="](/a.png) ![<script>alert(1)</script>](/a.png)',
  code: '```js"onclick=alert(1)\n</code></pre><script>alert(1)</script>\n```\n`<script>alert(1)</script>`',
  'HTML blocks': '<script>\n\nalert(1)\n\n</script>\n\n<!--\n\n</article>\n\n<div>\n\n*a*',
  'a footnote': `a[^<script>]\n\n[^<script>]: <script>alert(1)</script> [b](${js})`,
  'a table': '| <script>alert(1)</script> | `|` |\n|-|-|\n| </table></article> | a |',
  'a heading': '# <img src=x onerror=alert(1)>\n\n</h1>\n===',
};

const cases = [
  ...Object.entries(html).map(([name, text]) => ({ name: `HTML: ${name}`, body: { html: text } })),
  ...Object.entries(markdown).map(([name, text]) => ({
    name: `Markdown: ${name}`,
    body: { markdown: text },
  })),
  { name: 'addresses that run', body: { html: addresses.map(linked).join('\n') } },
].map((hostile, index) => ({ ...hostile, slug: `body-${index}`, tag: `group-${Math.floor(index / 20)}` }));

let site: Site;
const streams = new Map<string, StrictStream>();

beforeAll(async () => {
  site = await startSite();
  await repeat(cases.length, 4, async (index) => {
    const { slug, tag, body } = cases[index] as (typeof cases)[number];
    const fields = { title: 'T', summary: 'S', tags: [tag], publishedAt: '2026-01-02T03:04:05Z', ...body };
    const answer = await signedFetch(`${site.url}/articles/${slug}`, { method: 'PUT', body: fields });
    expect([slug, answer.status]).toEqual([slug, 201]);
  });
  for (const tag of new Set(cases.map(({ tag }) => tag)))
    streams.set(tag, await readStream(site, `/tag/${tag}`));
  return () => closeSound(site);
});

test.each(cases)('makes $name harmless, and loses nothing around it', async ({ slug, tag }) => {
  const documents = await readDocuments(site, slug, streams.get(tag) as StrictStream);

  const { page, contents } = documents;
  expect(findUnsafe(documents)).toEqual([]);
  const shown = textOf(findOne(page, 'div', 'body'));
  for (const content of [contents.json, contents.rss, contents.atom, contents.feed])
    expect(textOf(content)).toBe(shown);
});

test.each([
  ['source', (url: string) => ({ source: { name: 'S', url } })],
  ['image', (url: string) => ({ image: { url } })],
])('takes no address of a %s but http and https', async (field, fields) => {
  const answers = await Promise.all(
    [...addresses.slice(0, 5), 'data:image/png;base64,AA==', '//evil.example/a', '/media/../a.png'].map(
      (url) =>
        signedFetch(`${site.url}/articles/address`, {
          method: 'PUT',
          body: { title: 'T', text: 'a', ...fields(url) },
        }),
    ),
  );

  for (const answer of answers)
    expect(await answer.json()).toMatchObject({ status: 422, errors: [{ pointer: `/${field}/url` }] });
});
