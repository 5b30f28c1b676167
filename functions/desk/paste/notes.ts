const blank = /^[\s\u00a0]*$/;

/**
 * Footnotes of Word, LibreOffice and others, in the form that articles have: a link to a note that leads back. `first` is the number of the
 * first one.
 */
export function convertNotes(body: HTMLElement, first: number): Element | undefined {
  const document = body.ownerDocument;
  const list = document.createElement('ol');
  for (const link of [...body.querySelectorAll('a[href^="#"]')]) {
    const note = link.isConnected ? noteOf(link, body) : undefined;
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

function noteOf(link: Element, body: HTMLElement): Element | undefined {
  const id = decode(link.getAttribute('href')?.slice(1) ?? '');
  const own = link.id || link.getAttribute('name') || link.parentElement?.id;
  if (!id || !own) return undefined;
  const named = [...body.querySelectorAll('[id], a[name]')].filter(
    (one) => one.id === id || one.getAttribute('name') === id,
  );
  for (const target of named) {
    const note = target.localName === 'a' ? (target.closest('div, li') ?? target.closest('p')) : target;
    if (!note || note.contains(link) || note === body) continue;
    const back = [...note.querySelectorAll('a[href^="#"]')].find(
      (one) => decode(one.getAttribute('href')?.slice(1) ?? '') === own,
    );
    if (!back) continue;
    const raised = back.closest('sup');
    (raised && note.contains(raised) && raised.textContent === back.textContent ? raised : back).remove();
    return blank.test(note.textContent ?? '') ? undefined : note;
  }
  return undefined;
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
