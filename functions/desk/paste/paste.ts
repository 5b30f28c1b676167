import { Fragment, Slice } from 'prosemirror-model';
import { Plugin, TextSelection } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { parseInert } from '../body/inert.ts';
import { addressOf } from '../body/link-field.ts';
import { schema } from '../body/schema.ts';
import type { Uploads } from '../body/uploads.ts';
import type { BodyEditorLabels } from '../body-labels.ts';
import { cleanPaste } from './clean-paste.ts';
import { picturesOfRtf } from './word-pictures.ts';

interface PasteOptions {
  labels: BodyEditorLabels;
  uploads: Uploads;
  notify(text: string): void;
  /** Pictures and documents, to be put where the selection is. */
  onFiles(files: File[]): void;
}

/** What is pasted and dropped, cleaned before anything else sees it. */
export function pastePlugin(options: PasteOptions): Plugin {
  let rtf = '';
  let files: File[] = [];
  const look = (data: DataTransfer | null) => {
    rtf = data?.getData('text/rtf') ?? '';
    files = filesOf(data);
    return false;
  };
  const take = () => {
    const taken = files;
    files = [];
    if (taken.length > 0) options.onFiles(taken);
    return taken.length > 0;
  };
  return new Plugin({
    props: {
      handleDOMEvents: {
        paste: (_view, event) => look(event.clipboardData),
        drop: (_view, event) => look(event.dataTransfer),
      },
      transformPastedHTML: (html, view) => (files.length > 0 ? '' : cleanHtml(html, rtf, view, options)),
      clipboardTextParser: (text) => paragraphs(text),
      handlePaste: (view, event) =>
        take() || linkSelection(view, event.clipboardData?.getData('text/plain') ?? ''),
      handleDrop: (view, event, _slice, isMove) => {
        if (isMove || files.length === 0) return false;
        const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
        if (at) view.dispatch(view.state.tr.setSelection(TextSelection.near(view.state.doc.resolve(at.pos))));
        return take();
      },
    },
  });
}

/** Office programs put a picture of the text beside the text: files count only where the HTML has no words. */
function filesOf(data: DataTransfer | null): File[] {
  const files = [...(data?.files ?? [])];
  const html = files.length > 0 ? (data?.getData('text/html') ?? '') : '';
  return /\S/.test(parseInert(html).body.textContent ?? '') ? [] : files;
}

/** HTML as an article may hold it; what got lost is told. */
function cleanHtml(
  html: string,
  rtf: string,
  view: EditorView,
  { uploads, labels, notify }: PasteOptions,
): string {
  const notes = /class="footnote-ref"/g;
  const before = JSON.stringify(view.state.doc.toJSON()).replaceAll('\\"', '"').match(notes) ?? [];
  const pasted = cleanPaste(html, {
    keepPicture: (blob, name) => uploads.add(blob, name),
    keepRemote: (src, name) => uploads.addRemote(src, name),
    filePictures: picturesOfRtf(rtf),
    firstNote: before.length + 1,
  });
  if (pasted.lost > 0) notify(labels.lostPictures.replace('{n}', String(pasted.lost)));
  return pasted.html;
}

/** An empty line parts paragraphs; a single one is a break. */
function paragraphs(text: string): Slice {
  const { paragraph, hard_break } = schema.nodes;
  const blocks = text
    .replace(/\r\n?/g, '\n')
    .split(/\n\s*\n/)
    .filter((block) => /\S/.test(block))
    .map((block) => {
      const lines = block.replace(/^\n+|\n+$/g, '').split('\n');
      return paragraph.create(
        null,
        lines.flatMap((line, place) => [
          ...(place > 0 ? [hard_break.create()] : []),
          ...(line ? [schema.text(line)] : []),
        ]),
      );
    });
  return blocks.length > 0 ? new Slice(Fragment.from(blocks), 1, 1) : Slice.empty;
}

/** An address pasted over words makes them a link. */
function linkSelection(view: EditorView, text: string): boolean {
  const { selection, tr } = view.state;
  const href = /^https?:\/\/\S+$/.test(text.trim()) ? addressOf(text) : undefined;
  if (!href || selection.empty || !selection.$from.sameParent(selection.$to)) return false;
  if (!selection.$from.parent.type.allowsMarkType(schema.marks.link)) return false;
  view.dispatch(tr.addMark(selection.from, selection.to, schema.marks.link.create({ attributes: { href } })));
  return true;
}
