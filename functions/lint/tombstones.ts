import { isIri } from '../article/article.ts';
import type { Rules } from './rule.ts';
import { isRfc3339 } from './values.ts';
import { elementsOf, findings, textOf, type XmlDocument } from './xml-element.ts';

/** Entries that were removed from an Atom feed, RFC 6721. */
export const tombstones: Rules<XmlDocument> = {
  'tombstone-place': (document) =>
    findings(
      elementsOf(document, 'at:deleted-entry').filter(({ parent }) => parent?.kind !== 'atom:feed'),
      'Belongs into the feed',
    ),

  tombstone: (document) =>
    findings(
      elementsOf(document, 'at:deleted-entry').filter(
        ({ attributes: { ref = '', when = '' } }) => !isIri(ref) || !isRfc3339(when),
      ),
      'Needs the id of an entry as ref, and when as a date of RFC 3339',
    ),

  'tombstone-entry': (document) => {
    const gone = new Set(elementsOf(document, 'at:deleted-entry').map(({ attributes: { ref } }) => ref));
    return findings(
      elementsOf(document, 'atom:entry').filter((entry) => gone.has(textOf(entry, 'atom:id') ?? '')),
      'Is here, and deleted as well',
    );
  },
};
