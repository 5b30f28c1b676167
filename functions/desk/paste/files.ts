import type { EditorView } from 'prosemirror-view';
import { parseInert } from '../body/inert.ts';
import type { BodyEditorLabels } from '../body-labels.ts';

interface FileOptions {
  labels: BodyEditorLabels;
  notify(text: string): void;
  /** Whether the title is taken; then the text goes without it. */
  onTitle?: ((title: string) => boolean) | undefined;
  onPictures(files: File[]): void;
}

const wordType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** Pictures and Word documents at the selection; of any other file the writer is told. */
export async function insertFiles(
  view: EditorView,
  files: readonly File[],
  options: FileOptions,
): Promise<void> {
  const { labels, notify } = options;
  const isWord = (file: File) => /\.docx$/i.test(file.name) || file.type === wordType;
  const pictures = files.filter((file) => file.type.startsWith('image/') && file.type !== 'image/svg+xml');
  if (pictures.length > 0) options.onPictures(pictures);
  for (const file of files) {
    if (pictures.includes(file)) continue;
    if (isWord(file)) await insertWord(view, file, options);
    else notify((/\.doc$/i.test(file.name) ? labels.oldWord : labels.noPicture).replace('{name}', file.name));
  }
}

async function insertWord(
  view: EditorView,
  file: File,
  { labels, notify, onTitle }: FileOptions,
): Promise<void> {
  notify(labels.reading.replace('{name}', file.name));
  try {
    // A megabyte that most days nobody needs.
    const { readDocx } = await import('./docx.ts');
    const { html, leftOut } = await readDocx(file);
    if (view.isDestroyed) return;
    view.pasteHTML(withoutTitle(html, onTitle));
    if (leftOut.length > 0)
      notify(labels.leftOut.replace('{name}', file.name).replace('{list}', leftOut.slice(0, 10).join(', ')));
  } catch {
    notify(labels.unreadable.replace('{name}', file.name));
  }
}

/** The first heading is the article's title, if it is taken. */
function withoutTitle(html: string, onTitle: FileOptions['onTitle']): string {
  const { body } = parseInert(html);
  const heading = body.querySelector('h1') ?? body.querySelector('h2');
  const title = heading?.textContent?.replace(/\s+/g, ' ').trim();
  if (!title || !onTitle?.(title)) return html;
  heading?.remove();
  return body.innerHTML;
}
