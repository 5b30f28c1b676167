import { rewriteProse, type Verbatim } from './code-parts.ts';
import { componentsIn } from './components.ts';
import { liquidVerbatim, unescapeLiquid, writeLiquid } from './liquid.ts';
import { shortcodeVerbatim, unescapeShortcodes, writeShortcodes } from './shortcodes.ts';
import type { MarkdownSystem } from './system.ts';
import type { Writing } from './writing.ts';

const destination = String.raw`[^\s<>()]*(?:\([^\s()]*\)[^\s<>()]*)*`;
const places = new RegExp(
  [
    String.raw`(?<=\]\(\s{0,9}<)[^<>\n]*(?=>)`,
    String.raw`(?<=\]\(\s{0,9})(?!<)${destination}(?=[\s)])`,
    String.raw`(?<=^ {0,3}\[[^\]\n]{1,999}\]:[ \t]{0,9})[^\s<>]+`,
    String.raw`(?<=\s(?:src|href|poster)\s{0,9}=\s{0,9}")[^"\n]*(?=")`,
    String.raw`(?<=\s(?:src|href|poster)\s{0,9}=\s{0,9}')[^'\n]*(?=')`,
  ].join('|'),
  'gim',
);

/** The body with the system's own constructs as Markdown or HTML, its links from the site's root and its pictures by `file://`. */
export function writeBody(writing: Writing, address: string | undefined): string {
  const { page, system, links, isHtml, note } = writing;
  const constructs = ways[system.constructs];
  const writeConstructs = constructs.prose(writing);
  const withAddresses = (part: string) =>
    part
      .replace(/\s(?:srcset|sizes)\s*=\s*(?:"[^"]*"|'[^']*')/g, '')
      // What led to nothing.
      .replace(/(?<!!)\[([^[\]\n]*)\]\(\s*\)/g, '$1')
      .replace(/\n{3,}/g, '\n\n')
      .replace(places, (written) => links.resolve(written, page, address, note));
  const written = rewriteProse(page.body.replace(/<!--\s*more\s*-->/gi, ''), {
    prose: (part) => withAddresses(writeConstructs(part)),
    inCode: constructs.inCode,
    verbatim: constructs.verbatim(writing),
    isHtml,
  });
  return written.trim();
}

interface Ways {
  prose(writing: Writing): (part: string) => string;
  inCode(code: string): string;
  verbatim(writing: Writing): Verbatim[];
}

const plainWays: Ways = { prose: () => (part) => part, inCode: (code) => code, verbatim: () => [] };

const ways: Record<MarkdownSystem['constructs'], Ways> = {
  shortcodes: {
    prose: (writing) => (part) => writeShortcodes(part, writing),
    inCode: unescapeShortcodes,
    verbatim: shortcodeVerbatim,
  },
  liquid: {
    prose: (writing) => (part) => writeLiquid(part, writing),
    inCode: unescapeLiquid,
    verbatim: liquidVerbatim,
  },
  components: { ...plainWays, prose: componentsIn },
  wiki: { ...plainWays, prose: (writing) => (part) => writeWikiLinks(part, writing) },
};

/** [[Page#part|words]] and ![[picture.png|words]]. */
function writeWikiLinks(part: string, { page, links, note }: Writing): string {
  return part.replace(
    /(!?)\[\[([^[\]|\n]{1,500})(?:\|([^[\]\n]{1,500}))?\]\]/g,
    (_, mark: string, target: string, words?: string) => {
      const name = target.trim();
      if (mark === '!' && /\.\w{3,4}$/.test(name))
        return `![${words && !/^\d/.test(words) ? words : ''}](<${name}>)`;
      const [file = ''] = name.split('#');
      const found = links.findArticle(file, page);
      if (found === undefined) note(`the link to [[${name}]] leads to no file`);
      const shown = words ?? name;
      return found === undefined ? shown : `[${shown}](<${found}>)`;
    },
  );
}
