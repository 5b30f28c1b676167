import sanitizeHtml from 'sanitize-html';
import { type Place, storedUrl } from './addresses.ts';
import { rewriteSrcset } from './body-html.ts';

const allowedTags = (
  'a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure ' +
  'h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p picture pre q rp rt ruby s samp section small source strong sub ' +
  'summary sup table tbody td tfoot th thead time tr u ul var video wbr'
).split(' ');

// Footnotes are the only ids kept: any other could clash with one of the page's own.
const footnoteId = /^fn(ref)?\d+(:\d+)?$/;

// Markdown aligns table cells by a style attribute, which the pages' CSP blocks, so it becomes a class.
const alignments = ['center', 'right'];

type Attributes = Record<string, string>;

/** Allow-listed HTML: no scripts, styles, event handlers or unknown schemes; every tag closed; text and attributes escaped. */
export function cleanHtml(html: string, place: Place): string {
  // Dropping a tag can bring together two that close one another, such as a <p> in a <p>; the second pass does that.
  return lowerHeadings(sanitize(sanitize(html, place), place)).trim();
}

function sanitize(html: string, place: Place): string {
  return sanitizeHtml(html, {
    allowedTags,
    allowedAttributes: {
      '*': ['id', 'lang', 'dir', 'title'],
      a: ['href', 'hreflang', 'class'],
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
      th: ['class', 'colspan', 'rowspan', 'scope', 'abbr'],
      time: ['datetime'],
      video: ['src', 'poster', 'controls', 'width', 'height', 'preload', 'loop', 'muted'],
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
    selfClosing: ['br', 'col', 'hr', 'img', 'source', 'wbr'],
    nestingLimit: 100,
    transformTags: { '*': (tagName, attribs) => ({ tagName, attribs: cleanAttributes(attribs, place) }) },
    exclusiveFilter: ({ tag, attribs }) => tag === 'img' && !attribs.src,
  });
}

function cleanAttributes(attributes: Attributes, place: Place): Attributes {
  const rewrite = (url: string) => storedUrl(url.trim(), place);
  const { id, style, ...clean } = attributes;
  if (id && footnoteId.test(id)) clean.id = id;
  const alignment = /^text-align:\s*(\w+)$/.exec(style ?? '')?.[1];
  if (alignment) clean.class = alignment;
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
