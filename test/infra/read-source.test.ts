import { join, parse } from 'node:path';
import { expect, test } from 'vitest';
import { InvalidFileError } from '../../functions/article/fault.ts';
import { readSource } from '../../infra/tools/publish/read-source.ts';
import { contentFolder } from './content-folder.ts';

const bridge = '<!doctype html>\n<html lang="de">\n<head><title>Br&uuml;cke</title></head>\n';

async function draftOf(name: string, content: string | Buffer, others: string[] = []) {
  const file = join(contentFolder({ [name]: content }), name);
  const { name: slug } = parse(file);
  return readSource({ file, slug }, new Set([slug, ...others]));
}

/** As an editor is told: `line field message`. */
async function faultsOf(...given: Parameters<typeof draftOf>): Promise<string[]> {
  try {
    await draftOf(...given);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidFileError)) throw error;
    return error.faults.map(({ line, pointer, message }) => `${line} ${pointer} ${message}`);
  }
}

test.each([
  [
    'Markdown below its fields',
    'port.md',
    '\uFEFF---\r\ntitle: Port\r\ntags: [sea]\r\n---\r\nA *ship*.\r\n',
    { title: 'Port', tags: ['sea'], markdown: 'A *ship*.\n' },
  ],
  [
    'a date without a zone, for the site to judge',
    'port.md',
    '---\ntitle: Port\npublishedAt: 2026-01-02 10:00:00\n---\n',
    { title: 'Port', publishedAt: '2026-01-02 10:00:00', markdown: '' },
  ],
  [
    'HTML below its fields',
    'port.html',
    '---\ntitle: Port\n---\n<p>A ship.\n',
    { title: 'Port', html: '<p>A ship.\n' },
  ],
  [
    "a whole page's title, language and body",
    'port.html',
    `${bridge}<body class="x"><p>Offen &amp; frei</body></html>\n`,
    { title: 'Brücke', language: 'de', html: '<p>Offen &amp; frei\n</p>' },
  ],
  [
    'the body of a write request',
    'port.json',
    '{"title": "Port", "text": "A ship.", "draft": true}',
    { title: 'Port', text: 'A ship.', draft: true },
  ],
])('reads %s', async (_what, name, content, fields) => {
  expect((await draftOf(name, content)).fields).toEqual(fields);
});

test.each<[string, string, string | Buffer, string[]]>([
  ['is not UTF-8', 'a.md', Buffer.from([0x2d, 0xff]), ['1  is not UTF-8 text']],
  ['has no fields', 'a.md', 'Text', ['1  must begin with front matter: fields between two lines of ---']],
  [
    'has faulty fields, an address that is none and a body too large',
    'A_b.md',
    `---\ncolour: red\ntitle: ""\nviews: 1.5\n---\n${'x'.repeat(1_000_001)}`,
    [
      '2 /slug must be lower-case letters and digits, joined by single hyphens',
      '2 /colour is not a known field',
      '3 /title must not be empty',
      '4 /views must be a whole number',
      '6 /markdown The body has 1,000,001 bytes; at most 1,000,000 are allowed',
    ],
  ],
  [
    'has its text among the fields',
    'a.html',
    '---\ntitle: A\nhtml: b\n---\nText',
    ['3 /html belongs below the front matter'],
  ],
  [
    'names the address of another as its own',
    'a.md',
    '---\ntitle: A\naliases: [c, b]\n---\n',
    ['3 /aliases b is the address of another file'],
  ],
  [
    'has no title',
    'a.html',
    '<html lang="no such language">\n<body>Text',
    [
      '1 /title is missing: give the page a <title>, or the file front matter between two lines of ---',
      '1 /language must be a language tag such as en or zh-CN',
    ],
  ],
  [
    'has an empty title',
    'a.html',
    `${bridge.replace('Br&uuml;cke', '')}<body>Text`,
    ['3 /title must not be empty'],
  ],
  ['opens tags without end', 'a.html', '<b>'.repeat(20_000), ['1  leaves more than 1,000 tags open']],
  [
    'is no JSON',
    'a.json',
    '{\n"title": "A"\n"text": "B",\n"tags": [,]\n}',
    ['3  is no JSON: comma expected', '4  is no JSON: value expected', '4  is no JSON: value expected'],
  ],
  ['is JSON of no fields', 'a.json', '[1]', ['1  needs fields, such as {"title": …}']],
  [
    'has faulty fields within others',
    'a.json',
    '{\n"title": "A",\n"text": "B",\n"source": {\n"name": "C",\n"url": "ftp://c.example"\n},\n"a/b": 1,\n"tags": [\n"d",\n""\n]\n}',
    [
      '6 /source/url must be an http or https address',
      '8 /a~1b is not a known field',
      '11 /tags/1 must not be empty',
    ],
  ],
  [
    'is nested without end',
    'a.json',
    `{"title": ${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
    ['1  holds more than 1,000 values'],
  ],
  ['is larger than any article', 'a.md', 'x'.repeat(8_000_001), ['1  is larger than 8 MB']],
])('tells every fault of a file that %s, with its line', async (_what, name, content, faults) => {
  expect(await faultsOf(name, content, ['b'])).toEqual(faults);
});
