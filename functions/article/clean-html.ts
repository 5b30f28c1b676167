import sanitizeHtml from 'sanitize-html';
import { type Place, storedUrl } from './addresses.ts';
import { writeElements } from './body-elements.ts';
import { rewriteSrcset } from './body-html.ts';
import { textTags } from './body-tags.ts';
import type { Removed } from './left-out.ts';
import { mathAttributes, mathTags } from './math-names.ts';

// Of HTML's link types those that say something about the link, none about the page that holds it.
const linkTypes =
  'author bookmark external help license me nofollow noopener noreferrer privacy-policy sponsored tag terms-of-service ugc'.split(
    ' ',
  );

// Other ids could clash with one of the page's own.
const ownId = /^(?:fn(?:ref)?\d+(?::\d+)?|text-.+)$/s;
const alignments = ['center', 'right'];

type Attributes = Record<string, string>;

export interface CleanHtml {
  html: string;
  /** What the HTML lacks of what was written. */
  removed: Removed[];
  /** Names that links within the text lead to, and that nothing in it has. */
  lost: string[];
}

/**
 * Allow-listed HTML: no scripts, styles, event handlers or unknown schemes; every tag closed; text and attributes escaped. `source` is
 * what the HTML was made of: its lines are named.
 */
export function cleanHtml(html: string, place: Place, source = html): CleanHtml {
  const written = writeElements(html, place, source);
  return { ...written, html: lowerHeadings(sanitize(written.html, place)).trim() };
}

function sanitize(html: string, place: Place): string {
  return sanitizeHtml(html, {
    allowedTags: [...textTags, ...mathTags, 'audio', 'img', 'track', 'video'],
    allowedAttributes: {
      '*': ['id', 'lang', 'dir', 'title'],
      a: ['href', 'hreflang', 'class', 'rel'],
      audio: ['src', 'controls', 'preload', 'loop', 'muted'],
      code: ['class'],
      col: ['span'],
      colgroup: ['span'],
      del: ['datetime'],
      details: ['open'],
      img: ['src', 'srcset', 'sizes', 'alt', 'width', 'height'],
      ins: ['datetime'],
      li: ['value'],
      ol: ['start', 'reversed', 'type'],
      section: ['class'],
      source: ['src', 'srcset', 'sizes', 'type', 'media', 'width', 'height'],
      sup: ['class'],
      td: ['class', 'colspan', 'rowspan', 'headers'],
      th: ['class', 'colspan', 'rowspan', 'headers', 'scope', 'abbr'],
      time: ['datetime'],
      track: ['src', 'kind', 'srclang', 'label', 'default'],
      video: ['src', 'poster', 'controls', 'width', 'height', 'preload', 'loop', 'muted'],
      ...Object.fromEntries(mathTags.map((tag) => [tag, mathAttributes])),
    },
    allowedClasses: {
      a: ['footnote-backref'],
      code: [/^language-[\w+#-]+$/],
      section: ['footnotes'],
      sup: ['footnote-ref'],
      td: alignments,
      th: alignments,
    },
    allowedSchemes: ['http', 'https'],
    allowedSchemesByTag: { a: ['http', 'https', 'mailto', 'tel'] },
    allowedSchemesAppliedToAttributes: ['href', 'src', 'poster'],
    selfClosing: ['br', 'col', 'hr', 'img', 'source', 'track', 'wbr'],
    nestingLimit: 100,
    transformTags: { '*': (tagName, attribs) => ({ tagName, attribs: cleanAttributes(attribs, place) }) },
    exclusiveFilter: ({ tag, attribs }) => tag === 'img' && !attribs.src,
  });
}

function cleanAttributes(attributes: Attributes, place: Place): Attributes {
  const rewrite = (url: string) => storedUrl(url.trim(), place);
  const { id, rel, ...clean } = attributes;
  if (id && ownId.test(id)) clean.id = id;
  const types = rel
    ?.toLowerCase()
    .split(/[\s,]+/)
    .filter((type) => linkTypes.includes(type));
  if (types?.length) clean.rel = [...new Set(types)].join(' ');
  for (const name of ['href', 'src', 'poster']) {
    const url = clean[name] === undefined ? undefined : rewrite(clean[name]);
    if (url === undefined) delete clean[name];
    else clean[name] = url;
  }
  if (clean.srcset) clean.srcset = rewriteSrcset(clean.srcset, rewrite);
  return clean;
}

// The title is the page's h1. In sanitised HTML `<` occurs only in tags.
function lowerHeadings(clean: string): string {
  const highest = [1, 2, 3, 4, 5, 6].find((level) => clean.includes(`<h${level}`)) ?? 2;
  const shift = 2 - highest;
  return clean.replace(/(<\/?h)([1-6])\b/g, (_, tag, level) => tag + Math.min(6, Number(level) + shift));
}

const maxOpenTags = 1_000;

/**
 * A message if the HTML opens over 1,000 more tags than it closes. The sanitiser looks for each closing tag among all open ones:
 * a megabyte of `<b>` takes it half a minute. It counts itself, since only it knows what it takes for a tag.
 */
export function findTooManyOpenTags(html: string): string | undefined {
  let open = 0;
  const onOpenTag = () => {
    open += 1;
    if (open > maxOpenTags) throw new Error('Too many open tags');
  };
  const onCloseTag = () => {
    open -= 1;
  };
  try {
    sanitizeHtml(html, { allowedTags: [], onOpenTag, onCloseTag });
  } catch (error) {
    if (open <= maxOpenTags) throw error;
    return `leaves more than ${maxOpenTags.toLocaleString('en')} tags open`;
  }
  return undefined;
}
