import { expect, test } from 'vitest';
import { findFatalFaults, type Level, lintFeed, lintRules } from '../../functions/lint/lint-feed.ts';
import { levelOf } from '../../functions/lint/rule.ts';
import { brokenBy, readGood } from './lint-documents.ts';

const good = {
  rss: readGood('good.rss.xml'),
  atom: readGood('good.atom.xml'),
  json: readGood('good.feed.json'),
};

/** The level, the rule, and how a good document comes to break it. */
const cases: [level: Level, rule: string, document: string][] = [
  ['fatal', 'xml-well-formed', brokenBy(good.rss, 'Fog holds', 'Fog \u0008 holds')],
  ['fatal', 'xml-well-formed', brokenBy(good.atom, 'Fog holds', 'Fog & holds')],
  ['fatal', 'known-format', '<opml version="2.0"/>'],
  ['fatal', 'rss-channel-required', brokenBy(good.rss, '>News of the harbour<', '><')],
  [
    'fatal',
    'rss-guid-unique',
    brokenBy(
      good.rss,
      '>https://news.example.com/news/lamp</guid>',
      '>tag:news.example.com,2026-03-01:ferry</guid>',
    ),
  ],
  ['fatal', 'atom-required', brokenBy(good.atom, '<id>tag:news.example.com,2026-03-01:ferry</id>', '')],
  ['fatal', 'json-well-formed', brokenBy(good.json, '"hubs":', 'hubs:')],
  [
    'fatal',
    'json-item-unique',
    brokenBy(good.json, '"id": "lamp"', '"id": "tag:news.example.com,2026-03-01:ferry"'),
  ],
  ['fatal', 'json-characters', brokenBy(good.json, 'Ferry runs', 'Ferry \\u0008 runs')],
  ['error', 'rss-date', brokenBy(good.rss, 'Sun, 01 Mar 2026', 'Mon, 01 Mar 2026')],
  ['error', 'atom-category', brokenBy(good.atom, '<category term="Trade"', '<category label="Trade"')],
  ['error', 'json-date', brokenBy(good.json, '2026-03-02T10:00:00Z', '2026-03-02 10:00')],
  ['advice', 'rss-text-input', brokenBy(good.rss, '<language>', '<textInput/><language>')],
  [
    'advice',
    'content-address',
    brokenBy(good.atom, 'href="https://news.example.com/news/fog"', 'href="/news/fog"'),
  ],
  [
    'advice',
    'json-content-address',
    brokenBy(good.json, 'href=\\"https://news.example.com/news/fog', 'href=\\"fog'),
  ],
];

test.each(cases)('calls it %s when a document breaks %s', (level, rule, document) => {
  const faults = lintFeed(document, {}).filter((fault) => fault.rule === rule);

  expect(new Set(faults.map((fault) => fault.level))).toEqual(new Set([level]));
  expect(findFatalFaults(document).map((fault) => fault.rule)).toEqual(level === 'fatal' ? [rule] : []);
});

test.each(Object.entries(good))('judges %s that is served nowhere by its text alone', (_format, document) => {
  expect(lintFeed(document, {})).toEqual([]);
});

test('knows a level other than error for no rule that there is not', () => {
  const rules = new Set([
    ...Object.values(lintRules).flat(),
    'xml-well-formed',
    'json-well-formed',
    'known-format',
  ]);

  expect([...rules].filter((rule) => levelOf(rule) === 'fatal')).toHaveLength(15);
  expect([...rules].filter((rule) => levelOf(rule) === 'advice')).toHaveLength(12);
});

test('names a wrong weekday as such', () => {
  const broken = brokenBy(good.rss, 'Sun, 01 Mar 2026', 'Mon, 01 Mar 2026');

  expect(lintFeed(broken, {})[0]?.message).toMatch(
    /^Mon, 01 Mar 2026 .* has the wrong weekday: it is a Sun$/,
  );
});

test('names the place of an XML error once', () => {
  const [fault] = lintFeed(brokenBy(good.rss, 'Fog holds', 'Fog & holds'), {});

  expect(fault?.place).toMatch(/^line \d+, column \d+$/);
  expect(fault?.message).not.toMatch(/\d+:\d+/);
});
