import { articlePath } from './addresses.ts';
import type { Article } from './article.ts';
import { columnSizes, previewOf, sizesOf, srcsetOf } from './picture.ts';
import { absoluteUrl, findMedia, mediaPath, type SiteContext, withPictures } from './site-context.ts';

const blocks =
  /<\/?(?:blockquote|br|caption|dd|details|div|dl|dt|figcaption|figure|h\d|hr|li|ol|p|pre|section|summary|table|td|th|tr|ul)\b[^>]*>/g;
// Plain text has no use for footnotes, readings above characters and what was struck out.
const besides =
  /<sup class="footnote-ref">.*?<\/sup>|<section class="footnotes">.*?<\/section>|<(rt|rp|s|del)(?: [^>]*)?>.*?<\/\1>/gs;
const leaf = '<m[ino]>[^<]*</m[ino]>';
const raised = new RegExp(`<(msup|msub|mfrac)>(${leaf})(${leaf})</\\1>`, 'g');
const signs: Record<string, string> = { msup: '^', msub: '_', mfrac: '/' };
const references: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&amp;': '&' };

/** The text of clean HTML on one line. Clean HTML contains no references but these four. */
export function plainText(cleanHtml: string): string {
  return cleanHtml
    .replace(besides, '')
    .replace(raised, (_, name, first, second) => first + signs[name] + second)
    .replace(blocks, ' ')
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:lt|gt|quot|amp);/g, (reference) => references[reference] ?? reference)
    .replace(/\s+/g, ' ')
    .trim();
}

const asides = 'blockquote|details|dl|figure|ol|pre|section|table|ul';
const paragraphs = new RegExp(`<(/?)(?:${asides})[ >]|<p[ >].*?</p>|<h\\d[ >].*?</h\\d>`, 'gs');

// Such as a film's.
const linkAlone = /^<p[^>]*>\s*<a [^>]*>[^<]*<\/a>\s*<\/p>$/;

/** The text of the paragraphs that stand in none of these and are no links; without any, all that is no heading. */
export function summaryText(cleanHtml: string): string {
  let depth = 0;
  let text = '';
  for (const [part, closing] of cleanHtml.matchAll(paragraphs)) {
    if (closing !== undefined) depth += closing ? -1 : 1;
    else if (depth === 0 && part.startsWith('<p') && !linkAlone.test(part)) text += part;
  }
  return plainText(text) || plainText(cleanHtml.replace(/<h\d[ >].*?<\/h\d>/gs, ' ')) || plainText(cleanHtml);
}

/** Clean HTML for the site's own pages: images keep their space while they load, and the keyboard can scroll whatever is wide. */
export function pageHtml(html: string, article: Pick<Article, 'pictures'>, site: SiteContext): string {
  const context = withPictures(site, article);
  const measured = html.replace(/<img [^>]*>/g, (tag) => measuredImage(tag, context));
  const reachable = measured.replace(/<(?:pre|table)(?=[ >])/g, '$& tabindex="0"');
  return rewriteUrls(reachable, (url) => mediaPath(url, context));
}

function measuredImage(tag: string, context: SiteContext): string {
  const lazy = tag.replace('<img', '<img loading="lazy"');
  const file = findMedia(/ src="([^"]*)"/.exec(tag)?.[1] ?? '', context);
  if (!file || / (width|height)="/.test(tag)) return lazy;
  const sizes = sizesOf(file);
  const srcset =
    sizes.length > 0 && !tag.includes(' srcset="')
      ? ` srcset="${srcsetOf(sizes)}" sizes="${columnSizes}"`
      : '';
  return lazy.replace('<img', `<img width="${file.width}" height="${file.height}"${srcset}`);
}

/** Clean HTML for feeds and JSON: every address absolute, even those within the article, and pictures as JPEG of moderate size. */
export function portableHtml(
  html: string,
  { slug, pictures }: Pick<Article, 'slug' | 'pictures'>,
  site: Pick<SiteContext, 'baseUrl' | 'media'>,
): string {
  const context = withPictures(site, { pictures });
  const page = absoluteUrl(articlePath(slug), context);
  return rewriteUrls(html, (url, name) => {
    if (url.startsWith('#')) return page + url;
    const picture = name === 'src' ? findMedia(url, context) : undefined;
    const preview = picture && previewOf(picture);
    return preview ? context.baseUrl + preview.path : absoluteUrl(url, context);
  });
}

/** Rewrites every address in clean HTML, where `<` and `>` occur only around tags: text and attributes spell them as references. */
export function rewriteUrls(html: string, rewrite: (url: string, attribute: string) => string): string {
  return html.replace(/<[a-z][^>]*>/g, (tag) =>
    // All attributes, one by one: a value may end in what looks like another attribute.
    tag.replace(/ ([a-z]+)="([^"]*)"/g, (attribute, name, value) => {
      if (name === 'srcset') return ` srcset="${rewriteSrcset(value, (url) => rewrite(url, name))}"`;
      return ['href', 'src', 'poster'].includes(name) ? ` ${name}="${rewrite(value, name)}"` : attribute;
    }),
  );
}

/** Drops candidates with an invalid descriptor or for whose URL `rewrite` returns undefined. */
export function rewriteSrcset(srcset: string, rewrite: (url: string) => string | undefined): string {
  // Begins with what no space or comma can be taken for, so that a run of these costs one step a sign.
  const candidates = srcset.matchAll(/([^\s,](?:\S*[^\s,])?)(\s[^,]*)?/g);
  return [...candidates]
    .flatMap(([, url = '', spacedDescriptor = '']) => {
      const rewritten = rewrite(url);
      const descriptor = spacedDescriptor.trim();
      if (rewritten === undefined || !/^(\d+w|\d+(\.\d+)?x)?$/.test(descriptor)) return [];
      return [`${rewritten} ${descriptor}`.trim()];
    })
    .join(', ');
}
