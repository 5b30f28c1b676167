import type { Image } from './article.ts';
import type { Fault } from './fault.ts';

/** A fault of a text, and the part of it that is meant. */
export interface TextFault extends Fault {
  written?: string;
}

/**
 * The site's own files that an article shows or links to, and that the site does not have; also pictures named as if they lay beside
 * the article. `pointer` is the body's. `html` is clean: `<` stands only before a tag, and values between double quotes.
 */
export function findMissingFiles(
  { html, image, pointer }: { html: string; image?: Image | undefined; pointer: string },
  isThere: (name: string) => boolean,
): TextFault[] {
  const isMissing = (path: string) => path.startsWith('/media/') && !isThere(nameOf(path));
  const lead: TextFault[] = isMissing(image?.url ?? '')
    ? [{ pointer: '/image/url', message: 'names no usable file of the media folder' }]
    : [];
  const shown = new Set<string>();
  const linked = new Set<string>();
  for (const tag of html.match(/<(?:a|audio|img|source|track|video) [^>]*>/g) ?? []) {
    const addresses = tag.startsWith('<a ') ? linked : shown;
    for (const [, url = ''] of tag.matchAll(/ (?:src|poster|href)="([^"]*)"/g)) addresses.add(pathOf(url));
    for (const [, set = ''] of tag.matchAll(/ srcset="([^"]*)"/g))
      for (const candidate of set.split(', ')) addresses.add(pathOf(candidate.split(' ')[0] ?? ''));
  }
  const fault = (path: string, message: string) => ({ pointer, message, written: path.replace(/.*\//, '') });
  return [
    ...lead,
    ...[...shown].flatMap((path) => {
      // A path relative to the article, which works only in an editor's preview.
      if (path.startsWith('/news/'))
        return [fault(path, `the image ${path} is not in the media folder: write /media/ and its name`)];
      return isMissing(path)
        ? [fault(path, `the ${kindOf(path)} ${path} is no usable file of the media folder`)]
        : [];
    }),
    ...[...linked]
      .filter(isMissing)
      .map((path) => fault(path, `the link to ${path} leads to no file of the media folder`)),
  ];
}

function kindOf(path: string): string {
  return /\.(?:m4[av]|mov|mp[34]|og[agv]|opus|vtt|wav|webm)$/i.test(path) ? 'file' : 'image';
}

function pathOf(url: string): string {
  return url.replace(/[?#].*/s, '');
}

/** Without the hash that pages add. */
function nameOf(path: string): string {
  return path.slice('/media/'.length).replace(/\.[0-9a-f]{16}(?=\.[^.]*$)/, '');
}
