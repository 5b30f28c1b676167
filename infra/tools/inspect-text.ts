import { basename } from 'node:path';
import { renderBody } from '../../functions/article/render-body.ts';
import { faultsIn } from './publish/read-source.ts';

export interface TextFault {
  pointer: string;
  message: string;
  /** What to look for in the text, when only a part of it is meant. */
  written?: string;
}

const elsewhere = 'https://site.invalid';

/** Why the text of an article could not be published, or which of its images the site would not have. */
export function inspectText(slug: string, markdown: string, media: Set<string>): TextFault[] {
  let html = '';
  const refused: TextFault[] = faultsIn(() => {
    html = renderBody({ markdown }, { baseUrl: elsewhere, slug });
  }, '/markdown');
  return [...refused, ...[...imagesOf(html)].flatMap((url) => imageFault(url, media))];
}

/** Each once, as the store keeps them: those of the site begin with a slash. */
function imagesOf(html: string): Set<string> {
  // Of clean HTML: `<` stands only before a tag, and values between double quotes.
  const tags = html.match(/<(img|source|video) [^>]*>/g) ?? [];
  const urls = tags.flatMap((tag) => [...tag.matchAll(/ (?:src|poster)="([^"]*)"/g)]);
  return new Set(urls.map(([, url = '']) => url));
}

function imageFault(url: string, media: Set<string>): TextFault[] {
  const path = url.replace(/[?#].*$/, '');
  const fault = (message: string) => [
    { pointer: '', message: `the image ${path} ${message}`, written: basename(path) },
  ];
  // Beside the article, as an editor's own preview finds it.
  if (path.startsWith('/news/')) return fault('is not in the media folder: write /media/ and its name');
  if (!path.startsWith('/media/') || media.has(path.slice('/media/'.length))) return [];
  return fault('is no usable file of the media folder');
}
