import { beforeAll, expect, test } from 'vitest';
import { signedFetch } from '../support/sign.ts';
import { closeSound, type Site, startSite } from '../support/site.ts';
import { findUnsafe, readDocuments, readStream, type StrictStream } from '../support/strict-documents.ts';
import { attributesOf, findAll, findOne, textOf } from '../unit/html-tree.ts';
import { childrenOf, textsOf, textOf as xmlText } from '../unit/xml-tree.ts';

let site: Site;
let stream: StrictStream;

beforeAll(async () => {
  site = await startSite();
  for (const [index, text] of texts.entries()) {
    const body = fieldsOf(text, index);
    const answer = await signedFetch(`${site.url}/articles/text-${index}`, { method: 'PUT', body });
    expect([text, answer.status]).toEqual([text, 201]);
  }
  stream = await readStream(site, '/tag/texts');
  return () => closeSound(site);
});

/** Texts that would be markup, if any document took them for it. */
const texts = [
  '<script>alert(1)</script>',
  '</title><script>alert(1)</script>',
  '</script><script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><svg onload=alert(1)>',
  `' onmouseover='alert(1)' x='`,
  '" onfocus="alert(1)" autofocus="',
  '<!-- a --> <b>b</b> <!--',
  ']]> <![CDATA[ ]]]]><![CDATA[>',
  '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>&b;',
  '&lt;script&gt;alert(1)&lt;/script&gt; &amp;amp; &#60;b&#62',
  '&nbsp; &copy &notit; &#0; &#xD800;',
  '{{7*7}} \x24{7*7} <%= 7*7 %> #{7*7} $& $1 $$',
  'a\u2028b\u2029c',
  '__proto__ constructor toString hasOwnProperty',
  'STREAM#news ARTICLE#other META #',
  '*a* _b_ [c](javascript:alert(1)) `d`',
  'true',
  '١٢٣ مرحبا \u200F(שלום)',
  '\\u003cscript\\u003e \\x3cb\\x3e \\',
];

test.each(texts.map((text, index) => [text, index] as const))(
  'shows %j as text everywhere',
  async (text, index) => {
    const slug = `text-${index}`;
    const shown = text.replace(/\s+/g, ' ');

    const documents = await readDocuments(site, slug, stream);

    const { page, card, json, rss, atom, item } = documents;
    expect(findUnsafe(documents)).toEqual([]);
    const article = findOne(page, 'article');
    expect(textOf(findOne(page, 'title'))).toBe(`${shown} – Sample News`);
    expect(textOf(findOne(article, 'h1'))).toBe(shown);
    expect(attributesOf(findOne(article, 'img', 'lead')).alt).toBe(shown);
    expect(textOf(findOne(article, 'p', 'credit'))).toBe(shown);
    expect(textOf(findOne(article, 'p', 'meta'))).toContain(`By ${shown}, B`);
    expect(textOf(findOne(article, 'p', 'meta'))).toContain(`Source: S ${shown}`);
    expect(findAll(article, 'ul', 'tags').flatMap((tags) => findAll(tags, 'a').map(textOf))).toEqual([
      'Texts',
      `T ${shown}`,
    ]);
    expect(textOf(findOne(card, 'h2')).trim()).toBe(shown);
    expect(textOf(findOne(card, 'p', 'p-summary'))).toBe(shown);
    expect(json).toMatchObject({
      title: shown,
      summary: shown,
      category: `C ${shown}`,
      authors: [shown, 'B'],
    });
    expect(json.source).toMatchObject({ name: `S ${shown}`, credit: shown });
    expect(xmlText(rss, 'title')).toBe(shown);
    expect(textOf(documents.contents.summary)).toBe(shown);
    expect(textsOf(rss, 'dc:creator')).toEqual([shown, 'B']);
    expect(textsOf(rss, 'category')).toEqual([`C ${shown}`, 'Texts', `T ${shown}`]);
    expect(xmlText(rss, 'dc:source')).toBe(`S ${shown}`);
    expect([xmlText(atom, 'title'), xmlText(atom, 'summary')]).toEqual([shown, shown]);
    expect(childrenOf(atom, 'author').map((author) => xmlText(author, 'name'))).toEqual([shown, 'B']);
    expect(item).toMatchObject({ title: shown, summary: shown, tags: [`C ${shown}`, 'Texts', `T ${shown}`] });
  },
);

function fieldsOf(text: string, index: number) {
  return {
    ...{ title: text, summary: text, text: 'Some text.', guid: `${index} ${text}` },
    publishedAt: `2026-01-02T03:04:${10 + index}Z`,
    authors: [text, 'B'],
    category: `C ${text}`,
    tags: ['Texts', `T ${text}`],
    source: { name: `S ${text}`, url: 'https://source.example/', credit: text },
    image: { url: 'https://images.example/a.png', alt: text },
  };
}

test('shows the stream of a hostile label under its own address, and breaks no list of streams', async () => {
  const label = 'L </title>"&<b> ../..\\%2f#?';
  const body = { title: 'T', text: 'a', tags: [label], publishedAt: '2026-01-01T00:00:00Z' };

  await signedFetch(`${site.url}/articles/labelled`, { method: 'PUT', body });

  const answer = await site.fetch('/tag/l-title-b-2f%23');
  expect(answer.status).toBe(200);
  expect(await answer.text()).toContain(
    '<h1 class="p-name">L &lt;/title&gt;&quot;&amp;&lt;b&gt; ../..\\%2f#?</h1>',
  );
});
