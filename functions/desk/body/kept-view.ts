import type { Node } from 'prosemirror-model';
import type { NodeView } from 'prosemirror-view';
import type { BodyEditorLabels } from '../body-labels.ts';
import { copyAllowed } from './allowed.ts';
import { element } from './element.ts';
import { parseInert } from './inert.ts';

const fileKinds = ['video', 'audio'];

/** What the editor cannot change, as readers see it but without its links, films and sounds. */
export function keptView(node: Node, labels: BodyEditorLabels): NodeView {
  const { source, name } = node.attrs as { source: string; name: string };
  const label = Object.hasOwn(labels.kept, name) ? labels.kept[name as 'table'] : labels.kept.other;
  const { body } = parseInert(source);
  if (node.isInline) {
    const title = `${label}: ${labels.keptHint}`;
    const shown = element('span', { class: 'desk-kept-inline', contenteditable: 'false', title });
    shown.append(copyAllowed(body, document, 'show'));
    return { dom: shown, ignoreMutation: () => true };
  }
  const content = element('div', { class: 'desk-kept-content' });
  if (fileKinds.includes(name)) content.append(addressesIn(body).join(' '));
  else content.append(copyAllowed(body, document, 'show'));
  const dom = element(
    'div',
    {
      class: 'desk-kept',
      role: 'group',
      'aria-label': `${label}: ${labels.keptHint}`,
      contenteditable: 'false',
    },
    element('p', { class: 'desk-kept-name', 'aria-hidden': 'true' }, `${label} · ${labels.keptHint}`),
    content,
  );
  // A details that unfolds changes itself, not the article.
  return { dom, ignoreMutation: () => true };
}

function addressesIn(body: HTMLElement): string[] {
  return Array.from(body.querySelectorAll('[src]'), (part) => part.getAttribute('src') ?? '');
}
