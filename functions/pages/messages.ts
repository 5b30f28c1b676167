import type { Site } from '../article/site.ts';
import type { SiteContext } from '../article/site-context.ts';

const english = {
  home: 'Home',
  news: 'News',
  feeds: 'Feeds',
  about: 'About',
  skip: 'Skip to content',
  siteNavigation: 'Site',
  breadcrumb: 'Breadcrumb',
  publicationDate: 'Published: ',
  updateDate: 'Update date: ',
  source: 'Source: ',
  firstPublished: 'First published: ',
  views: 'Views: ',
  by: 'By ',
  comma: ', ',
  translations: 'Also in: ',
  tags: 'Tags',
  neighbours: 'Previous and next article',
  previous: 'Previous: ',
  next: 'Next: ',
  pages: 'Pages',
  newer: 'Newer',
  older: 'Older',
  archive: 'Archive',
  latest: 'Latest',
  mostRead: 'Most read',
  periods: { today: 'Today', week: 'Last 7 days', month: 'Last 30 days', ever: 'All time' },
  sections: 'Sections',
  allNews: 'All news',
  empty: 'There are no articles here.',
  contact: 'Address',
  sources: 'Sources',
  sourceFeed: 'Feed of this source',
  counting: 'How views are counted',
  countingText:
    'The number under a headline shows how often people have opened that article’s page. Each opening counts once. Search engines and other programs that identify themselves are not counted, nor are pages that a browser loads in advance.',
  subscribe: 'Subscribe',
  subscribing: 'How to subscribe',
  subscribingText:
    'A feed is an address that a feed reader, an app of your choice, checks regularly. Every new article then appears there in full. You need no account, and nobody learns what you read.',
  subscribingSteps: [
    'Copy the address of a feed below.',
    'Paste it into your feed reader where it says “add” or “subscribe”. Most readers also find our feeds from the address of any page here.',
    'To subscribe to all our feeds at once, import the OPML file.',
  ],
  opml: 'All feeds as one OPML file',
  formats: 'The three formats',
  formatsText: 'All three carry the same articles. Pick one that your reader supports; if in doubt, Atom.',
  rss: 'RSS 2.0: supported by every feed reader and podcast app.',
  atom: 'Atom 1.0: just as widely supported. It also tells readers which articles were removed.',
  json: 'JSON Feed 1.1: the easiest to use in your own programs.',
  allFeeds: 'Every feed',
  stream: 'Section',
  kinds: {
    news: 'All articles',
    corrections: 'Corrections',
    category: 'Categories',
    tag: 'Tags',
    source: 'Sources',
  },
  kind: { category: 'Category', tag: 'Tag', source: 'Source' },
  problems: {
    'unreadable-address': {
      title: 'This address is not valid',
      detail: 'Part of it cannot be read. It may have been cut off on its way to you.',
    },
    'not-found': {
      title: 'There is nothing here',
      detail: 'The address may have been mistyped, or the article is not published yet.',
    },
    'wrong-method': {
      title: 'This cannot be done here',
      detail: 'The address exists, but it does not take this kind of request.',
    },
    gone: {
      title: 'This article has been removed',
      detail: 'It was once published here and is no longer available.',
    },
    failure: {
      title: 'Something went wrong here',
      detail: 'It is not your fault, and we have been notified.',
    },
    busy: {
      title: 'We are busy',
      detail: 'Please reload the page in a few seconds.',
    },
  },
  wayOn: 'Go to the front page',
  latestNews: 'See the latest news',
  olderNews: 'Browse the archive',
};

/** The interface texts in one language. */
export type Messages = typeof english;

const chinese: Messages = {
  home: '首页',
  news: '新闻',
  feeds: '订阅',
  about: '关于',
  skip: '跳到正文',
  siteNavigation: '网站导航',
  breadcrumb: '当前位置',
  publicationDate: '发布日期：',
  updateDate: '更新日期：',
  source: '来源：',
  firstPublished: '首发于：',
  views: '浏览：',
  by: '作者：',
  comma: '、',
  translations: '其他语言：',
  tags: '标签',
  neighbours: '上一篇和下一篇',
  previous: '上一篇：',
  next: '下一篇：',
  pages: '翻页',
  newer: '较新',
  older: '较早',
  archive: '存档',
  latest: '最新',
  mostRead: '最多阅读',
  periods: { today: '今日', week: '近 7 天', month: '近 30 天', ever: '全部时间' },
  sections: '栏目',
  allNews: '全部新闻',
  empty: '这里还没有文章。',
  contact: '地址',
  sources: '来源',
  sourceFeed: '该来源的订阅',
  counting: '浏览数如何统计',
  countingText:
    '标题下的数字是读者打开该文章页面的次数，每打开一次计一次。自动读取的程序（例如表明身份的搜索引擎）和浏览器提前载入的页面不计入。',
  subscribe: '订阅本栏',
  subscribing: '如何订阅',
  subscribingText:
    '订阅地址供您自选的阅读器定期查看：新文章会完整地出现在阅读器里，无须注册账号，也没有人知道您读了什么。',
  subscribingSteps: [
    '复制下面任意一个订阅地址。',
    '在阅读器的“添加”或“订阅”处粘贴。多数阅读器也能从本站任何页面的地址找到订阅。',
    '如要一次订阅全部，请导入 OPML 文件。',
  ],
  opml: '全部订阅（OPML 文件）',
  formats: '三种格式',
  formatsText: '内容相同，选用阅读器支持的一种即可；拿不准时请用 Atom。',
  rss: 'RSS 2.0：所有阅读器和播客应用都支持。',
  atom: 'Atom 1.0：支持同样广泛，还会告知已删除的文章。',
  json: 'JSON Feed 1.1：最便于自己的程序使用。',
  allFeeds: '全部订阅地址',
  stream: '栏目',
  kinds: { news: '全部文章', corrections: '更正', category: '类别', tag: '标签', source: '来源' },
  kind: { category: '类别', tag: '标签', source: '来源' },
  problems: {
    'unreadable-address': { title: '无法识别该地址', detail: '地址的一部分有误，可能在传递中被截断。' },
    'not-found': { title: '这里没有内容', detail: '地址可能有误，或者文章尚未发布。' },
    'wrong-method': { title: '该地址不能修改', detail: '它只供阅读，不支持所请求的操作。' },
    gone: { title: '文章已被删除', detail: '它曾在这里发布，今后不会再回到这个地址。' },
    failure: { title: '本站出了问题', detail: '与您的操作无关，我们已收到通知。' },
    busy: { title: '网站繁忙', detail: '请过几秒钟再打开本页。' },
  },
  wayOn: '回到首页',
  latestNews: '查看最新新闻',
  olderNews: '翻阅存档',
};

/** The interface texts in the site's language, or in English, with `lang` and `dir` for the elements that hold them. */
export function messagesOf({ language }: Pick<Site, 'language'>) {
  const { language: spoken, script } = fullLocale(language);
  const known = { en: english, 'zh-Hans': chinese }[spoken === 'zh' ? `zh-${script}` : spoken];
  const lang = known ? language : 'en';
  return { texts: known ?? english, textLang: { lang, dir: direction(lang) } };
}

/** `lang` and `dir` of an element that holds an article's own words. */
export function languageOf({ language }: { language?: string | undefined }, { site }: SiteContext) {
  const lang = language ?? site.language;
  return { lang, dir: direction(lang) };
}

const rightToLeft = new Set(['Adlm', 'Arab', 'Hebr', 'Nkoo', 'Rohg', 'Syrc', 'Thaa']);

/** The writing direction of a BCP 47 language tag. */
export function direction(language: string): 'ltr' | 'rtl' {
  return rightToLeft.has(fullLocale(language).script ?? '') ? 'rtl' : 'ltr';
}

const locales = new Map<string, Intl.Locale>();

/** A BCP 47 tag with its likely script and region. Kept, since making one takes longer than all else that a page does with it. */
export function fullLocale(tag: string): Intl.Locale {
  const known = locales.get(tag) ?? new Intl.Locale(tag).maximize();
  locales.set(tag, known);
  return known;
}
