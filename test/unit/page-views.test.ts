import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { isView, lastThreshold, opensPage } from '../../functions/site/page-views.ts';
import { prepareContent } from '../../infra/prepared-content.ts';
import { contentFolder, temporaryFolder } from '../infra/content-folder.ts';

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const chrome =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';
const iphone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';

let crawlers: RegExp;

beforeAll(async () => {
  const folder = join(temporaryFolder(), 'prepared');
  await prepareContent(contentFolder(), folder);
  const { pattern } = JSON.parse(await readFile(join(folder, 'crawlers.json'), 'utf8'));
  crawlers = new RegExp(pattern, 'i');
});

function opens(headers: Record<string, string>, method = 'GET'): boolean {
  return isView(requestFor(headers, method), crawlers);
}

function requestFor(headers: Record<string, string>, method = 'GET'): Request {
  return new Request('https://news.example.com/news/a', { method, headers });
}

test.each([
  ['Firefox', firefox],
  ['Chrome', chrome],
  ['Safari on a phone', `${iphone} Version/18.5 Mobile/15E148 Safari/604.1`],
  ['WeChat', `${iphone} Mobile/15E148 MicroMessenger/8.0.47 NetType/WIFI Language/zh_CN`],
  ['Facebook’s app', `${iphone} Mobile/15E148 [FBAN/FBIOS;FBAV/450.0.0.38.108]`],
  ['Pinterest’s app', `${iphone} Mobile/15E148 [Pinterest/iOS]`],
  ['DuckDuckGo’s browser', `${iphone} Version/18.0 Mobile/15E148 DuckDuckGo/7 Safari/605.1.15`],
  ['Google’s app', `${iphone} GSA/300.0 Mobile/15E148 Safari/604.1`],
  ['a phone of the make Cubot', 'Mozilla/5.0 (Linux; Android 11; CUBOT X30) Chrome/120.0.0.0 Mobile'],
  ['Lynx', 'Lynx/2.9.0 libwww-FM/2.14 SSL-MM/1.4.1'],
  ['curl', 'curl/8.5.0'],
  ['Wget', 'Wget/1.21.4'],
  ['Python', 'python-requests/2.32.3'],
  ['Go', 'Go-http-client/2.0'],
  ['Node', 'node'],
  ['a headless browser', `${chrome} HeadlessChrome/142.0.0.0`],
  ['a client without a User-Agent', ''],
])('counts a page opened by %s', (_who, agent) => {
  expect(opens({ 'User-Agent': agent })).toBe(true);
});

test.each([
  ['Googlebot', 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'],
  ['bingbot', 'Mozilla/5.0 AppleWebKit/537.36 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)'],
  ['Baiduspider', 'Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)'],
  ['GPTBot', 'Mozilla/5.0 AppleWebKit/537.36 (compatible; GPTBot/1.2; +https://openai.com/gptbot)'],
  ['ClaudeBot', 'Mozilla/5.0 (compatible; ClaudeBot/1.0; +claudebot@anthropic.com)'],
  ['Bytespider', 'Mozilla/5.0 (Linux; Android 5.0) AppleWebKit/537.36 (compatible; Bytespider)'],
  ['Slack’s link preview', 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)'],
  ['Facebook’s link preview', 'facebookexternalhit/1.1'],
  ['Twitter’s link preview', 'Twitterbot/1.0'],
  ['WhatsApp’s link preview', 'WhatsApp/2.23.20.0'],
  ['Telegram’s link preview', 'TelegramBot (like TwitterBot)'],
  ['a crawler whose name is in capitals', 'GOOGLEBOT/2.1'],
  ['an uptime monitor', 'Mozilla/5.0+(compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)'],
  ['a feed reader', 'Feedbin feed-id:1'],
  ['Bluesky’s link preview', 'Mozilla/5.0 (compatible; Bluesky Cardyb/1.1; +mailto:support@bsky.app)'],
  ['Bluesky’s server', 'web:app.bsky/1.0'],
  ['Mastodon', 'http.rb/5.1.1 (Mastodon/4.2.0; +https://social.example/) Bot'],
  ['Pleroma', 'Pleroma 2.5.0; https://social.example <a@social.example>; Bot'],
  ['Akkoma', 'Akkoma 3.10; https://social.example <a@social.example>; Bot'],
  ['Misskey', 'Misskey/2024.5.0 (https://social.example)'],
  ['Zulip’s link preview', 'Mozilla/5.0 (compatible; ZulipURLPreview/1.0; +https://chat.example)'],
  ['KakaoTalk’s link preview', 'facebookexternalhit/1.1; kakaotalk-scrap/1.0'],
  ['Mbin', 'Mbin/1.7 (+https://social.example/agent)'],
  ['Bridgy', 'Bridgy Fed (https://fed.brid.gy/)'],
  ['LINE’s link preview', 'facebook-like line-poker/1.0'],
  ['NetNewsWire', 'NetNewsWire (RSS Reader; https://netnewswire.com/)'],
  ['whoever calls itself a bot', 'An unheard-of bot (https://bot.example)'],
])('does not count a page opened by %s', (_who, agent) => {
  expect(opens({ 'User-Agent': agent })).toBe(false);
});

test.each([
  ['Sec-Purpose', 'prefetch'],
  ['Sec-Purpose', 'prefetch;prerender'],
  ['Sec-Purpose', 'prefetch;anonymous-client-ip'],
  ['Purpose', 'prefetch'],
  ['Purpose', 'Prefetch'],
  ['X-Purpose', 'preview'],
  ['X-Moz', 'prefetch'],
])('does not count a prefetch with %s: %s', (name, value) => {
  expect(opens({ 'User-Agent': firefox, [name]: value })).toBe(false);
});

const elsewhere = [
  'image',
  'iframe',
  'frame',
  'video',
  'audio',
  'script',
  'style',
  'font',
  'empty',
  'embed',
  'object',
];

test.each([...elsewhere, 'track', 'worker', 'manifest', 'report', 'Document', 'document, image'])(
  'opens no page with Sec-Fetch-Dest: %s, but counts it when an app says so by POST',
  (destination) => {
    const headers = { 'User-Agent': firefox, 'Sec-Fetch-Dest': destination };

    expect(opensPage(requestFor(headers), crawlers)).toBe(false);
    expect(isView(requestFor(headers, 'POST'), crawlers)).toBe(true);
  },
);

test('opens a page as a document, or for a client without Sec-Fetch-Dest', () => {
  const opened = [{ 'Sec-Fetch-Dest': 'document' }, {}, { 'User-Agent': 'Googlebot/2.1' }];

  expect(opened.map((headers) => opensPage(requestFor(headers as Record<string, string>), crawlers))).toEqual(
    [true, true, false],
  );
});

test('counts a request with another purpose', () => {
  expect(opens({ 'User-Agent': firefox, 'Sec-Purpose': 'something-else' })).toBe(true);
});

test.each([
  ['HEAD', false],
  ['POST', true],
])('counts a %s request: %s', (method, counted) => {
  expect(opens({ 'User-Agent': firefox }, method)).toBe(counted);
});

test('looks for crawlers in the first 1,000 characters of a User-Agent only', () => {
  expect(opens({ 'User-Agent': `Googlebot/2.1 ${'x'.repeat(100_000)}` })).toBe(false);
  expect(opens({ 'User-Agent': `${'x'.repeat(1000)} Googlebot/2.1` })).toBe(true);
});

/** The thresholds between these numbers. */
function thresholds(from: number, to: number): number[] {
  const numbers = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  return numbers.filter((n) => lastThreshold(n) === n);
}

test('notes an article at 1, 2, 4, 8, 16 views and every 16 more', () => {
  expect(thresholds(0, 100)).toEqual([0, 1, 2, 4, 8, 16, 32, 48, 64, 80, 96]);
});

test.each([256, 512, 65_536])('notes an article 16 times from %i views to twice as many', (n) => {
  expect(thresholds(n, 2 * n - 1)).toHaveLength(16);
});

test('never lowers the threshold while views rise', () => {
  const passed = Array.from({ length: 10_000 }, (_, n) => lastThreshold(n));

  expect(passed).toEqual([...passed].sort((a, b) => a - b));
  expect(passed.every((threshold, n) => threshold <= n && n - threshold < Math.max(16, n / 16))).toBe(true);
});
