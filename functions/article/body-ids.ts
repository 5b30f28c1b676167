import { articlePath, storedUrl } from './addresses.ts';
import type { Writing } from './body-writing.ts';
import type { HtmlElement, HtmlNode } from './left-out.ts';

const ownId = /^(?:fn(?:ref)?\d+(?::\d+)?|text-.*)$/s;

/** Ids get a prefix, so that none clashes with one of the page's own, and those that were there before a number. */
export function assignIds(nodes: HtmlNode[]): Pick<Writing, 'ids' | 'targets'> {
  const ids = new Map<HtmlElement, string>();
  const targets = new Map<string, string>();
  const counts = new Map<string, number>();
  const walk = (node: HtmlNode): void => {
    if (!('children' in node)) return;
    const { id, name } = 'attribs' in node ? node.attribs : {};
    const given = 'attribs' in node ? named(id ?? (node.name === 'a' ? name : undefined) ?? '') : '';
    if ('attribs' in node && given) {
      const wanted = ownId.test(given) ? given : `text-${given}`;
      const count = counts.get(wanted) ?? 0;
      counts.set(wanted, count + 1);
      const free = count === 0 ? wanted : `${wanted}-${count}`;
      if (count === 0 || !counts.has(free)) {
        if (count > 0) counts.set(free, 1);
        ids.set(node, free);
        if (!targets.has(free)) targets.set(free, free);
        if (!targets.has(given)) targets.set(given, free);
      }
    }
    node.children.forEach(walk);
  };
  nodes.forEach(walk);
  return { ids, targets };
}

/** A link within the article leads to the id as it is stored. */
export function linkOf({ place, targets, linked }: Writing, href: string): string {
  const stored = storedUrl(href.trim(), place);
  const page = articlePath(place.slug);
  const fragment = stored?.startsWith('#')
    ? stored.slice(1)
    : stored?.startsWith(`${page}#`)
      ? stored.slice(page.length + 1)
      : '';
  if (fragment === '' || fragment === 'top' || fragment.startsWith(':~:')) return href;
  const id = decoded(fragment);
  linked.add(id);
  const target = targets.get(id);
  return target === undefined ? href : `#${encodeURI(target)}`;
}

// An id has no white space.
function named(id: string): string {
  return id.trim().replace(/\s+/g, '-');
}

function decoded(fragment: string): string {
  try {
    return named(decodeURIComponent(fragment));
  } catch {
    return named(fragment);
  }
}
