import './body-editor.css';
import { element } from './body/element.ts';
import { fileName } from './body/file-name.ts';
import { shrinkPicture } from './body/shrink-picture.ts';
import type { BodyEditor, BodyEditorOptions } from './body-editor.ts';

export interface MarkdownEditorOptions
  extends Pick<BodyEditorOptions, 'labels' | 'upload' | 'onChange' | 'notify'> {
  markdown: string;
}

export interface MarkdownEditor
  extends Pick<BodyEditor, 'isChanged' | 'unsentPictures' | 'focus' | 'destroy'> {
  markdown(): string;
  setMarkdown(markdown: string): void;
}

/** For articles that are stored as Markdown: the text as it stands, and pictures by paste and drop. */
export function mountMarkdownEditor(place: HTMLElement, options: MarkdownEditorOptions): MarkdownEditor {
  const { labels, upload, onChange, notify } = options;
  const text = element('textarea', { class: 'desk-markdown', 'aria-label': labels.text, spellcheck: 'true' });
  // A text area knows one kind of line end: what is not changed keeps its own.
  let given = '';
  let shown = '';
  let sending = 0;
  const set = (markdown: string) => {
    given = markdown;
    text.value = markdown;
    shown = text.value;
  };
  const replace = (sign: string, by: string, selection?: [number, number]) => {
    const at = text.value.indexOf(sign);
    // The writer took it out again.
    if (at < 0) return;
    const isHere = text.selectionStart === at + sign.length;
    text.setRangeText(by, at, at + sign.length, isHere ? 'end' : 'preserve');
    if (isHere && selection) text.setSelectionRange(at + selection[0], at + selection[1]);
    onChange();
  };
  const send = async (file: File, sign: string) => {
    sending += 1;
    try {
      const small = await shrinkPicture(file);
      const { path } = await upload(small, await fileName(file.name, small), () => {});
      replace(sign, `![${labels.alt}](${path})`, [2, 2 + labels.alt.length]);
    } catch {
      replace(sign, '');
      notify(labels.notUploaded.replace('{name}', file.name));
    }
    sending -= 1;
    onChange();
  };
  const take = (event: ClipboardEvent | DragEvent, data: DataTransfer | null) => {
    const files = [...(data?.files ?? [])].filter(({ type }) => type.startsWith('image/'));
    if (files.length === 0) return;
    event.preventDefault();
    for (const file of files) {
      const sign = `![${labels.uploading} ${crypto.randomUUID().slice(0, 8)}]()`;
      text.setRangeText(sign, text.selectionStart, text.selectionEnd, 'end');
      void send(file, sign);
    }
    onChange();
  };
  text.addEventListener('input', onChange);
  text.addEventListener('paste', (event) => take(event, event.clipboardData));
  text.addEventListener('drop', (event) => take(event, event.dataTransfer));
  place.append(text);
  set(options.markdown);
  return {
    markdown: () => (text.value === shown ? given : text.value),
    setMarkdown: set,
    isChanged: () => text.value !== shown,
    unsentPictures: () => sending,
    focus: () => text.focus(),
    destroy: () => text.remove(),
  };
}
