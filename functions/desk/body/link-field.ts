import { toggleMark } from 'prosemirror-commands';
import type { Mark } from 'prosemirror-model';
import { type Command, TextSelection } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import type { BodyEditorLabels } from '../body-labels.ts';
import { isSafeUrl } from './allowed.ts';
import { button, element } from './element.ts';
import { schema } from './schema.ts';

const { link } = schema.marks;

/** A row below the toolbar that asks for the address; Escape leaves everything as it was. */
export function linkField(labels: BodyEditorLabels): { row: HTMLElement; edit: Command } {
  let view: EditorView | undefined;
  const input = element('input', {
    type: 'text',
    inputmode: 'url',
    autocomplete: 'off',
    'aria-label': labels.linkAddress,
  });
  input.placeholder = 'https://';
  const fault = element('span', { role: 'alert' });
  const close = () => {
    row.hidden = true;
    view?.focus();
  };
  const save = () => {
    const href = addressOf(input.value);
    fault.textContent = href === undefined ? labels.badAddress : '';
    if (!view || href === undefined) return;
    setLink(view, href);
    close();
  };
  const unlink = button(labels.unlink, {}, () => {
    if (view) setLink(view, '');
    close();
  });
  const row = element(
    'div',
    { class: 'desk-link', hidden: '' },
    input,
    button(labels.save, {}, save),
    unlink,
    fault,
  );
  row.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close();
    else if (event.key !== 'Enter' || event.target !== input) return;
    else save();
    event.preventDefault();
    event.stopPropagation();
  });
  const edit: Command = (state, dispatch, editor) => {
    if (!toggleMark(link)(state)) return false;
    if (!dispatch || !editor) return true;
    view = editor;
    const current = linkAt(editor);
    input.value = current?.mark.attrs.attributes.href ?? '';
    fault.textContent = '';
    unlink.hidden = current === undefined;
    row.hidden = false;
    input.focus();
    input.select();
    return true;
  };
  return { row, edit };
}

/** `example.org/x` without a scheme is a web address, `a@example.org` one of mail; undefined for none. */
export function addressOf(written: string): string | undefined {
  const text = written.trim();
  if (text === '' || /^[#/]/.test(text)) return text;
  if (/^[^\s@/:]+@[^\s@/]+\.[^\s@/]+$/.test(text)) return `mailto:${text}`;
  const url = /^[a-z][a-z0-9+.-]*:(?!\d)/i.test(text) ? text : `https://${text}`;
  return isSafeUrl(url) && URL.canParse(url) ? url : undefined;
}

/** The link around the cursor or the selection's beginning. */
function linkAt({
  state: { selection, doc },
}: EditorView): { mark: Mark; from: number; to: number } | undefined {
  const { $from } = selection;
  const inside = (at: number) => doc.resolve(at).nodeAfter?.marks.find((mark) => mark.type === link);
  const mark = link.isInSet($from.marks()) ?? inside(selection.from);
  if (!mark) return undefined;
  let [from, to] = [selection.from, selection.from];
  while (from > $from.start() && inside(from - 1)?.eq(mark)) from -= 1;
  while (to < $from.end() && inside(to)?.eq(mark)) to += 1;
  return { mark, from, to };
}

function setLink(view: EditorView, href: string): void {
  const { state } = view;
  const current = linkAt(view);
  const { from, to } = state.selection.empty && current ? current : state.selection;
  const { tr } = state;
  if (href === '') view.dispatch(tr.removeMark(from, to, link));
  else {
    const mark = link.create({ attributes: { ...current?.mark.attrs.attributes, href } });
    if (from === to) tr.insertText(href, from).addMark(from, from + href.length, mark);
    else tr.addMark(from, to, mark);
    const end = from === to ? from + href.length : to;
    view.dispatch(tr.setSelection(TextSelection.create(tr.doc, end)).removeStoredMark(link));
  }
}
