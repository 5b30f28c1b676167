import type { EditorView } from 'prosemirror-view';
import { element } from './element.ts';
import type { IconName } from './icons.ts';
import { schema } from './schema.ts';
import type { Tool } from './toolbar.ts';
import type { Uploads } from './uploads.ts';

/** Puts pictures below the block where the cursor is, each in a figure of its own; returns their addresses for the time of the upload. */
export function insertPictures(view: EditorView, files: readonly File[], uploads: Uploads): string[] {
  const { figure, paragraph } = schema.nodes;
  const addresses = files.map((file) => uploads.add(file, file.name));
  const figures = addresses.map((src) => figure.create({ image: { src, alt: '' } }));
  const { tr } = view.state;
  tr.deleteSelection();
  const { $from } = tr.selection;
  const isInBlock = $from.depth > 0;
  const end = isInBlock ? $from.after(1) : $from.pos;
  // An empty paragraph gives its place; no picture parts a sentence.
  const isEmpty = $from.depth === 1 && $from.parent.type === paragraph && $from.parent.content.size === 0;
  const start = isInBlock && (isEmpty || $from.pos === $from.start(1)) ? $from.before(1) : end;
  const isLast = (isEmpty ? end : start) === tr.doc.content.size;
  tr.replaceWith(start, isEmpty ? end : start, isLast ? [...figures, paragraph.create()] : figures);
  view.dispatch(tr.scrollIntoView());
  return addresses;
}

/** A tool that lets the writer choose files, or with `capture` take a photo. */
export function fileTool(
  label: string,
  icon: IconName,
  attributes: Record<string, string>,
  onFiles: (files: File[]) => void,
): Tool {
  const field = element('input', { type: 'file', ...attributes });
  field.addEventListener('change', () => {
    onFiles([...(field.files ?? [])]);
    field.value = '';
  });
  return {
    icon,
    label,
    run: (_state, dispatch) => {
      if (dispatch) field.click();
      return true;
    },
  };
}
