const blank = /^[\s\u00a0]*$/;

/**
 * Footnotes of Word, LibreOffice and others, in the form that articles have: a link to a note that leads back. `first` is the number of the
 * first one.
 */
export function convertNotes(body: HTMLElement, first: number): Element | undefined {
  const document = body.ownerDocument;
  const list = document.createElement('ol');
  const targets = new Map<string, Element>();
  for (const target of body.querySelectorAll('[id], a[name]'))
    for (const name of [target.id, target.getAttribute('name') ?? ''])
      if (name && !targets.has(name)) targets.set(name, target);
  for (const link of [...body.querySelectorAll('a[href^="#"]')]) {
    const note = link.isConnected ? noteOf(link, targets) : undefined;
    if (!note) continue;
    const number = first + list.childElementCount;
    const item = document.createElement('li');
    item.id = `fn${number}`;
    item.append(...note.childNodes);
    (item.querySelector(':scope > p:last-child') ?? item).append(' ', made(document, number, 'back'));
    list.append(item);
    note.remove();
    const raised = link.closest('sup');
    const isAlone = raised?.textContent?.trim() === link.textContent?.trim();
    (isAlone && raised ? raised : link).replaceWith(made(document, number, 'to'));
  }
  if (list.childElementCount === 0) return undefined;
  const section = document.createElement('section');
  section.className = 'footnotes';
  section.append(list);
  return section;
}

/** What the link leads to, if that leads back; the link back is taken out. */
function noteOf(link: Element, targets: Map<string, Element>): Element | undefined {
  const target = targets.get(decode(link.getAttribute('href')?.slice(1) ?? ''));
  const own = link.id || link.getAttribute('name') || link.parentElement?.id;
  const note = target?.localName === 'a' ? (target.closest('div, li') ?? target.closest('p')) : target;
  if (!note || !own || note.contains(link)) return undefined;
  const links = note.querySelectorAll('a[href^="#"]');
  // A note has few, and what has many is a text with a place that is linked.
  if (links.length > 50) return undefined;
  const back = [...links].find((one) => decode(one.getAttribute('href')?.slice(1) ?? '') === own);
  if (!back) return undefined;
  const raised = back.closest('sup');
  (raised && note.contains(raised) && raised.textContent === back.textContent ? raised : back).remove();
  return blank.test(note.textContent ?? '') ? undefined : note;
}

function decode(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

function made(document: Document, number: number, kind: 'to' | 'back'): Element {
  const link = document.createElement('a');
  link.setAttribute('href', kind === 'to' ? `#fn${number}` : `#fnref${number}`);
  if (kind === 'back') {
    link.className = 'footnote-backref';
    link.append('↩︎');
    return link;
  }
  link.id = `fnref${number}`;
  link.append(`[${number}]`);
  const raised = document.createElement('sup');
  raised.className = 'footnote-ref';
  raised.append(link);
  return raised;
}
