import { relOf } from './atom-structure.ts';
import { readXml } from './read-xml.ts';
import { elementsOf } from './xml-element.ts';

/** The addresses of the documents that a well-formed feed says it goes on in, by their relations. */
export function linkedDocuments(text: string): { relation: string; url: string }[] {
  if (text.trimStart().startsWith('{')) {
    const { next_url: url } = JSON.parse(text);
    return typeof url === 'string' ? [{ relation: 'next_url', url }] : [];
  }
  const document = readXml(text, '');
  if ('rule' in document) return [];
  return elementsOf(document, 'atom:link')
    .map((link) => ({ relation: relOf(link), url: link.attributes.href ?? '' }))
    .filter(({ relation }) => ['prev-archive', 'next-archive', 'current'].includes(relation));
}
