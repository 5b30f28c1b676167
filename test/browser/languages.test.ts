import type { Browser } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { ownMessages } from '../../functions/article/messages/languages.ts';
import { renderAboutPage } from '../../functions/pages/about-page.tsx';
import { renderArchivePage } from '../../functions/pages/archive-page.tsx';
import { renderArticlePage } from '../../functions/pages/article-page.tsx';
import { renderErrorPage } from '../../functions/pages/error-page.tsx';
import { renderFeedsPage } from '../../functions/pages/feeds-page.tsx';
import { renderFrontPage } from '../../functions/pages/front-page.tsx';
import { type Messages, messagesOf } from '../../functions/pages/messages.ts';
import { renderMostReadPage } from '../../functions/pages/most-read-page.tsx';
import { renderStreamPage } from '../../functions/pages/stream-page.tsx';
import { stylesheetOf } from '../../functions/pages/stylesheet.ts';
import { cardOf, chineseArticle, context, hostileArticle, plainArticle } from '../fixtures/samples.ts';
import { chromiumPath, launchChromium } from '../support/browser/chromium.ts';

// What runs in the page is text: the compiler knows no document here.
const shown = `document.body.innerText + [...document.querySelectorAll('[aria-label]')].map((one) => one.ariaLabel).join('\\n')`;
// The last step of the breadcrumb ends in dots where it is long: it is the headline below.
const cut = `[
  document.documentElement.scrollWidth > innerWidth && 'the page is wider than the screen',
  ...[...document.querySelectorAll('body *')]
    .filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX === 'hidden' && !one.matches('.skip, .breadcrumb [aria-current]'))
    .map((one) => one.outerHTML.slice(0, 200)),
].filter(Boolean)`;

const cards = [hostileArticle, chineseArticle, plainArticle].map(cardOf);
const streams = ['news', 'corrections', 'category/a', 'tag/a', 'source/a'].map((name) => ({
  name,
  label: 'A',
}));

/** Pages that show every text, as the site has them in a language. */
function pagesIn(language: string): string[] {
  const site = { ...context.site, language, sources: [{ name: 'A', feed: 'https://a.example.org/rss' }] };
  const inLanguage = { ...context, site };
  const article = { ...hostileArticle, language };
  const [previous, next] = [cardOf(plainArticle), cardOf(chineseArticle)];
  const ranked = cards.map((card) => ({ ...card, views: 1234567 }));
  const paged = { cards, older: '/news?before=a', newer: '/news?after=b' };
  const kinds = Object.keys(messagesOf(site).texts.problems) as (keyof Messages['problems'])[];
  return [
    renderFrontPage({ cards, mostRead: cards }, inLanguage),
    ...[undefined, {}].map((shown) =>
      renderArticlePage(
        { article, html: '<p>A</p>', views: 1234567, previous, next, translations: [chineseArticle] },
        inLanguage,
        shown,
      ),
    ),
    ...streams.map((stream) => renderStreamPage({ stream, ...paged }, inLanguage)),
    renderArchivePage({ name: 'news', label: 'news' }, [], inLanguage),
    renderMostReadPage({ today: ranked, week: ranked, month: ranked, ever: ranked }, inLanguage),
    renderFeedsPage(streams, inLanguage),
    renderAboutPage(inLanguage),
    ...kinds.map((kind) => renderErrorPage(kind, inLanguage)),
  ];
}

function textsIn(value: unknown): string[] {
  return typeof value === 'string' ? [value] : Object.values(value as object).flatMap(textsIn);
}

describe.runIf(chromiumPath)('on a phone', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchChromium();
    return () => browser.close();
  });

  test.each([...ownMessages])('every text in %s is there, and none is cut', async (language, texts) => {
    const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
    const { path, text: css } = stylesheetOf(context);
    await page.route('**/*', (route) => route.abort());
    let seen = '';
    for (const html of pagesIn(language)) {
      await page.setContent(html.replace(`<link rel="stylesheet" href="${path}"/>`, `<style>${css}</style>`));
      expect(await page.evaluate('getComputedStyle(document.body).marginTop')).toBe('0px');
      expect(await page.evaluate(cut)).toEqual([]);
      expect(await page.evaluate('document.documentElement.dir')).toBe(language === 'ar' ? 'rtl' : 'ltr');
      seen += await page.evaluate(shown);
    }
    await page.close();

    // Capitals are the stylesheet's.
    const folded = seen.toLowerCase();
    expect(textsIn(texts).filter((text) => !folded.includes(text.trim().toLowerCase()))).toEqual([]);
  });
});
