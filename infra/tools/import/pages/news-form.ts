import { labelsOf } from '../labels.ts';
import type { Block } from './blocks.ts';

/** A page with a line such as `Update Date:2015-12-2 10:36:55 Source:… Views:930` above its text. */
export interface NewsPage {
  title: string;
  /** As it is written. */
  date: string;
  html: string;
  views: number | undefined;
  authors: string[];
  source: { name: string; credit: string | undefined } | undefined;
}

const colon = String.raw`\s*[:：]\s*`;
const labels = {
  date: String.raw`(?:Update|Publish|Release|Post)?d?\s*(?:Date|Time)|Updated|Published|(?:更新|发布|發佈|發布|发表|發表|添加)?(?:时间|時間|日期)`,
  source: '(?:文章|新闻|新聞|信息)?(?:来源|來源|出处|出處)|Source|From',
  author: '作者|Author|By',
  views: String.raw`(?:Page\s*)?Views?|Hits|Clicks|Reads|(?:浏览|瀏覽|点击|點擊|阅读|閱讀|访问|訪問)(?:次数|次數|数|數|量|率)?`,
};
const day = String.raw`(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s*(\d{1,2}:\d\d(?::\d\d)?))?`;
const dated = new RegExp(`(?<![a-z])(?:${labels.date})${colon}${day}`, 'i');
const anyLabel = new RegExp(
  `\\s*[|[【(（]?\\s*(?<![a-z])(?:${Object.values(labels).join('|')}|(?:责任)?编辑|(?:責任)?編輯|Editor)${colon}`,
  'i',
);

// Where in the site the page stands: Home > News > Details.
const trail =
  /^(?:(?:News\s*)?Page index|Location|You are here|您?(?:当前|當前|现在|現在|目前|所在)的?位置|您的位置)\s*[:：]|^[^>»›]{1,60}(?:[>»›][^>»›]{1,60}){2,}$/i;
export const before = /^[<«‹\s]*(?:Previous|Prev|上一?[篇条條则則页頁]|前一[篇条條])(?:\s+\w+)?\s*[:：]/i;
const after = /^(?:Next|下一?[篇条條则則页頁]|后一[篇条條]|後一[篇條])(?:\s+\w+)?\s*[:：]/i;
const foot =
  /^(?:Copyright\b|©|版权所有|版權所有|All rights reserved)|^[【[(（]?\s*(?:打印|列印|关闭|關閉|Print|Close)(?:本[页頁文]|窗口|視窗|this page|\s*[】\])）|]|\s*$)/i;
const credited =
  /^[(（【[]?\s*(?:(?:The|This)\s+(?:article|text|story|news|report)\b.{0,60}\bfrom\b|(?:Reprinted|Reposted|Republished|Reproduced|Adapted)\s+from\b|(?:本文|文章|稿件)?(?:转载|轉載|转|轉|摘|选|選|来|來)自|(?:文章|本文|稿件|资料|資料)?(?:来源|來源|出处|出處)\s*[:：])/i;

/** Where the line stands that the form is known by. */
export function findDateLine(blocks: Block[]): number {
  return blocks.findIndex(
    ({ text }, at) =>
      text.length < 500 &&
      dated.test(text) &&
      blocks
        .slice(at, at + 4)
        .some((block) => labelled(block.text, 'source') ?? labelled(block.text, 'views')),
  );
}

/** `pageTitle` is what the browser shows, which begins as the headline does. Previous and next follow from the dates. */
export function readNewsForm(blocks: Block[], at: number, pageTitle: string): NewsPage {
  const said = blocks
    .slice(at, at + 4)
    .filter(({ text }, index) => index === 0 || anyLabel.exec(text)?.index === 0);
  const line = said.map(({ text }) => text).join(' | ');
  const [, year, month, dayOfMonth, time = '00:00'] = dated.exec(line) ?? [];
  const above = blocks
    .slice(Math.max(0, at - 6), at)
    .filter(({ text }) => !trail.test(text))
    .reverse();
  const title = above.find(({ text }) => text.length > 3 && pageTitle.startsWith(text)) ?? above[0];
  const rest = blocks.slice(at + said.length);
  const end = endOf(rest);
  const body = rest.slice(0, end);
  const name = labelsOf([labelled(line, 'source') ?? ''], []).category;
  const last = body.at(-1);
  // As it is written, since a name alone would not say what the other has to do with it. Without a source there is no field for it.
  const credit =
    name !== undefined && last && last.text.length <= 200 && credited.test(last.text) ? last.text : undefined;
  const views = /^\D?([\d,]{1,15})/.exec(labelled(line, 'views') ?? '')?.[1]?.replaceAll(',', '');
  return {
    title: title?.text ?? pageTitle,
    date: `${year}-${month}-${dayOfMonth} ${time}`,
    html: body
      .slice(0, credit === undefined ? undefined : -1)
      .map(({ html }) => html)
      .join('\n'),
    views: views === undefined ? undefined : Number(views),
    authors: [labelled(line, 'author')].filter((author) => author !== undefined),
    source: name === undefined ? undefined : { name, credit },
  };
}

/** Where previous and next are named, or else the foot of the page begins. A paragraph may begin with `Next:` too. */
function endOf(blocks: Block[]): number | undefined {
  const first = (pattern: RegExp, from = 0) =>
    blocks.findIndex(({ text }, at) => at >= from && pattern.test(text));
  const ends = [first(before), first(after, blocks.length - 12), first(foot)].filter((at) => at >= 0);
  return ends.length > 0 ? Math.min(...ends) : undefined;
}

/** What stands behind a label, up to the next one. */
function labelled(line: string, label: keyof typeof labels): string | undefined {
  const found = new RegExp(`(?<![a-z])(?:${labels[label]})${colon}`, 'i').exec(line.slice(0, 1000));
  if (!found) return undefined;
  const rest = line.slice(found.index + found[0].length, 1000);
  const value = rest
    .slice(0, anyLabel.exec(rest)?.index)
    .replace(/[\s|\]】)）]+$/, '')
    .trim();
  return value || undefined;
}
