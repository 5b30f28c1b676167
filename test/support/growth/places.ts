import { Hono } from 'hono';
import { readCursor } from '../../../functions/article/addresses.ts';
import { parseArticleFile } from '../../../functions/article/article-file.ts';
import { parseArticleInput } from '../../../functions/article/article-input.ts';
import { plainText } from '../../../functions/article/body-html.ts';
import { InvalidArticleError, InvalidFileError, TooLargeError } from '../../../functions/article/fault.ts';
import { renderBody } from '../../../functions/article/render-body.ts';
import { parseSite } from '../../../functions/article/site.ts';
import { labelName } from '../../../functions/article/stream-name.ts';
import { truncate } from '../../../functions/article/text.ts';
import { lintFeed } from '../../../functions/lint/lint-feed.ts';
import { compression } from '../../../functions/runtime/compression.ts';
import { isNotModified, withEncodedPath, withoutSlashesAtEnd } from '../../../functions/runtime/request.ts';
import { isView } from '../../../functions/site/page-views.ts';
import { prefersJson } from '../../../functions/site/respond.ts';
import { readJson, UnreadableJsonError, WrongTypeError } from '../../../functions/write/request.ts';
import type { Step } from './measure.ts';

const refusals = [InvalidArticleError, InvalidFileError, TooLargeError, UnreadableJsonError, WrongTypeError];
const address = 'https://news.example.com';
const place = { baseUrl: address, slug: 'a-slug' };

/** A step for each way around the run, whose place is … in it. A refusal is an answer too, and has to come as fast. */
function around(name: string, step: Step, ways: string[]): [string, Step][] {
  return ways.map((way) => {
    const [before = '', after = ''] = way.split('…');
    const refusing = async (run: string) => {
      try {
        await step(before + run + after);
      } catch (error) {
        if (!refusals.some((refusal) => error instanceof refusal)) throw error;
      }
    };
    return [`${name}: ${way}`, refusing];
  });
}

const written = (fields: object) =>
  parseArticleInput('a', { title: 'A', text: 'a', publishedAt: '2026-01-02T10:00:00Z', ...fields });
const asHeader = (text: string) => text.replace(/[^\t\x20-\x7e]/g, 'x').trim();
const asXml = (text: string) => text.replace(/[\0\uD800]/g, 'x');
const asText = (text: string) => asXml(text).replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const posted = (type: string, body: string) =>
  new Request(address, { method: 'POST', headers: { 'Content-Type': asHeader(type) }, body });

const app = new Hono();
app.use(compression);
app.get('/*', (c) => {
  const isKnown = isNotModified(c.req.raw.headers, { etag: '"a"', lastModified: undefined });
  return c.json([prefersJson(c), isKnown, c.req.query('before')]);
});
const header = (name: string) => (text: string) => app.request('/', { headers: { [name]: asHeader(text) } });

const rss = (item: string) =>
  lintFeed(`<rss version="2.0"><channel><title>a</title><item>${item}</item></channel></rss>`, {});
const atom = (entry: string) =>
  lintFeed(`<feed xmlns="http://www.w3.org/2005/Atom"><entry>${entry}</entry></feed>`, {});
const jsonFeed = (item: object) =>
  lintFeed(JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: 'a', items: [item] }), {});

const inHtml = [
  ...[
    '…',
    '<p>…</p>',
    '<img srcset="…">',
    '<img src="a" srcset="a 1x…, b">',
    '<img src="…">',
    '<img alt="…" src="a">',
  ],
  ...[
    '<img src="a" …',
    '<a href="…">a</a>',
    '<a href="#…">a</a>',
    '<a href="/?…">a</a>',
    '<a href="mailto:…">a</a>',
  ],
  ...[
    '<code class="language-…">a</code>',
    '<p style="text-align:…">a</p>',
    '<p id="fn…">a</p>',
    '<…>',
    '</…>',
  ],
  ...[
    '<!--…',
    '<script>…</script>',
    '<svg>…</svg>',
    '<pre>…</pre>',
    '<table><tr>…</table>',
    '<h1>…</h1>',
    '&…;',
  ],
  ...[
    '<iframe src="https://www.youtube.com/embed/…">',
    '<iframe src="https://a.example/…" title="…">',
    '<math>…</math>',
    '<img data-src="…">',
    '<figure>…<figcaption>…</figure>',
    '<noscript>…</noscript>',
    '<p>https://a.example/…</p>',
    '<p id="…">a</p>',
    '<p id="a">a</p><a href="#a">…</a>',
    '<td style="…" class="…" headers="…">a</td>',
    '<a rel="…" href="/a">a</a>',
    '<video src="/a">…</video>',
    '<svg>…',
  ],
];
const inMarkdown = [
  ...['…', 'a …', 'a … a', '…]', '[a](…)', '[a](<…>)', '[a](b "…")', '[…](b)', '![…](b)', '[a]: …\n\n[a]'],
  ...['[…]: b\n\n[a]', '[^1]: …\n\na[^1]', '[^1]: a\n\na[^1] …', 'a^[…]', '`…`', '```…\n```', '> …', '- …'],
  ...[
    '| a | b |\n| - | - |\n…',
    '|…|\n| - | - |\n',
    '# … #',
    '…\n---',
    '<http://…>',
    'a <…>',
    'a <b c="…">',
    '<div>\n…',
  ],
];

/** Every place where text comes in, and what is done there with a run of one kind. */
export const places = [
  ...around('title', (title) => written({ title }), ['…']),
  ...around('summary', (summary) => written({ summary }), ['…']),
  ...around('label', (tag) => written({ tags: [tag], category: tag }), ['…']),
  ...around('source', (url) => written({ source: { name: 'a', url } }), [
    '…',
    'https://…',
    'https://a.example/…',
  ]),
  ...around('image', (url) => written({ image: { url } }), ['…', '/media/…', 'https://a.example/?…']),
  ...around('identity', (id) => written({ id, guid: id, aliases: [id], language: id }), [
    '…',
    'tag:a,2026:…',
  ]),
  ...around('date', (publishedAt) => written({ publishedAt }), ['…', '2026-01-02T10:00:00.…Z']),
  ...around('HTML', (html) => renderBody({ html }, place), inHtml),
  ...around('Markdown', (markdown) => renderBody({ markdown }, place), inMarkdown),
  ...around('typographic Markdown', (markdown) => renderBody({ markdown }, { ...place, typography: 'en' }), [
    ...['…', 'a …', '"…"', '# … {#a}', '# {#…}', '*…*'],
  ]),
  ...around('text', (text) => renderBody({ text }, place), ['…', 'a\n…a']),
  ...around('label name', labelName, ['…']),
  ...around('summary of a body', (html) => truncate(plainText(html.replace(/[<>]/g, '')), 200), ['…', 'a …']),
  ...around('JSON', async (body) => written((await readJson(posted('application/json', body))) as object), [
    ...['…', '{"title":"…"}', '{"tags":[…]}', '{"…":1}'],
  ]),
  ...around('type', (type) => readJson(posted(type, '1')), ['…', 'application/…', 'application/json;…']),
  ...around('file', (text) => parseArticleFile('a', Buffer.from(text)), [
    ...[
      '…',
      '---\n…',
      '---\n…\n---\na',
      '---\ntitle: …\n---\na',
      '---\ntitle: "…"\n---\na',
      '---\ntitle: |\n  …\n---\na',
    ],
    ...['---\ntags: […]\n---\na', '---\nsource: {…}\n---\na', '---\ntitle: a\n---…\na'],
  ]),
  ...around('site.yaml', parseSite, [
    '…',
    'title: …',
    'authority: a…',
    'hubs: ["https://a.example/…"]',
    'footer: […]',
  ]),
  ...around('Accept', header('accept'), ['…', 'a/b;q="…', '"…"']),
  ...around('Accept-Encoding', header('accept-encoding'), ['…', 'br;q=…,gzip']),
  ...around('If-None-Match', header('if-none-match'), ['…', '"…']),
  ...around(
    'User-Agent',
    (agent) => isView(new Request(address, { headers: { 'User-Agent': asHeader(agent) } }), /bot/i),
    ['…'],
  ),
  ...around('cursor', (cursor) => readCursor(cursor), ['…']),
  ...around('query', (query) => app.request(query), ['/?before=…', '/?…']),
  ...around('path', (path) => withEncodedPath({ rawPath: asXml(path) } as never), ['/…']),
  ...around('slashes', withoutSlashesAtEnd, ['/…', '/…a']),
  ...around('feed', (text) => lintFeed(asXml(text), {}), ['…', '<!--…--><rss/>', '{"version":…}']),
  ...around('feed type', (contentType) => lintFeed('<rss/>', { contentType }), [
    '…',
    'application/rss+xml…x',
  ]),
  ...around('RSS', (item) => rss(asXml(item)), [
    '…',
    '<title><![CDATA[…]]></title>',
    '<enclosure type="a/b…"/>',
  ]),
  ...['title', 'guid', 'link', 'pubDate', 'author', 'language', 'description'].flatMap((name) =>
    around(`RSS ${name}`, (text) => rss(`<${name}>${asText(text)}</${name}>`), ['…']),
  ),
  ...around('HTML in RSS', (html) => rss(`<description>${asText(html)}</description>`), inHtml),
  ...around('Atom', (entry) => atom(asXml(entry)), ['…', '<content src="https://…"/>', '<id>…</id>']),
  ...around('HTML in Atom', (html) => atom(`<content type="html">${asText(html)}</content>`), inHtml),
  ...around('JSON Feed', (text) => jsonFeed({ url: text, date_published: text, language: text }), [
    '…',
    'https://a…/[',
  ]),
  ...around('HTML in JSON Feed', (content_html) => jsonFeed({ content_html }), inHtml),
];
