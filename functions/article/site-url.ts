/** Where the article stands: what its relative links are resolved against. */
export interface Place {
  /** The site's origin, without a slash at the end. */
  baseUrl: string;
  slug: string;
}

/**
 * A link as the store keeps it: root-relative when it points into the site, absolute http(s), mailto or tel otherwise,
 * a bare fragment as it is. Undefined when it is none of these.
 */
export function storedUrl(written: string, { baseUrl, slug }: Place): string | undefined {
  if (written.startsWith('#')) return written;
  const base = `${baseUrl}/news/${slug}`;
  if (!URL.canParse(written, base)) return undefined;
  const url = new URL(written, base);
  if (!['http:', 'https:', 'mailto:', 'tel:'].includes(url.protocol)) return undefined;
  if (url.origin !== new URL(base).origin) return url.href;
  return url.pathname.replace(/^\/+/, '/') + url.search + url.hash;
}

/** A srcset with its URLs rewritten; a candidate whose URL `rewrite` drops or whose size is none is dropped. */
export function rewriteSrcset(srcset: string, rewrite: (url: string) => string | undefined): string {
  const candidates = srcset.matchAll(/\s*([^\s,](?:\S*[^\s,])?)(?:\s+([^,]+))?\s*(?:,|$)/g);
  return [...candidates]
    .flatMap(([, url = '', descriptor = '']) => {
      const rewritten = rewrite(url);
      if (rewritten === undefined || !/^(\d+w|\d+(\.\d+)?x)?$/.test(descriptor.trim())) return [];
      return [`${rewritten} ${descriptor}`.trim()];
    })
    .join(', ');
}

/** Clean HTML with its addresses rewritten. It spells `<` and `>` in text and attributes as references: a tag is all between the two. */
export function rewriteUrls(html: string, rewrite: (url: string) => string): string {
  return html.replace(/<[a-z][^>]*>/g, (tag) =>
    // Every attribute in turn: the value of one may end in what looks like the beginning of another.
    tag.replace(/ ([a-z]+)="([^"]*)"/g, (attribute, name, value) => {
      if (name === 'srcset') return ` srcset="${rewriteSrcset(value, rewrite)}"`;
      return ['href', 'src', 'poster'].includes(name) ? ` ${name}="${rewrite(value)}"` : attribute;
    }),
  );
}
