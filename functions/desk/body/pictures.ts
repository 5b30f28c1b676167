import { Fragment, Slice } from 'prosemirror-model';
import type { EditorView } from 'prosemirror-view';
import { element } from './element.ts';
import type { IconName } from './icons.ts';
import { schema } from './schema.ts';
import type { Tool } from './toolbar.ts';
import type { Uploads } from './uploads.ts';

/** Puts pictures where the cursor is, each in a figure of its own; returns their addresses for the time of the upload. */
export function insertPictures(view: EditorView, files: readonly File[], uploads: Uploads): string[] {
  const { figure, paragraph } = schema.nodes;
  const addresses = files.map((file) => uploads.add(file, file.name));
  const figures = addresses.map((src) => figure.create({ image: { src, alt: '' } }));
  const { tr } = view.state;
  tr.deleteSelection();
  const { from } = tr.selection;
  const isLast = tr.selection.$from.after(1) === tr.doc.content.size;
  const content = Fragment.from(isLast ? [...figures, paragraph.create()] : figures);
  view.dispatch(tr.replaceRange(from, from, new Slice(content, 0, 0)).scrollIntoView());
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
