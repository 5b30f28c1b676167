import { dropCursor } from 'prosemirror-dropcursor';
import { gapCursor } from 'prosemirror-gapcursor';
import { history as historyPlugin } from 'prosemirror-history';
import { EditorState } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import { isSafePicture } from './body/allowed.ts';
import { readArticle, serializer } from './body/article-html.ts';
import { element } from './body/element.ts';
import { FigureView } from './body/figure-view.ts';
import { keptView } from './body/kept-view.ts';
import { keys } from './body/keys.ts';
import { linkField } from './body/link-field.ts';
import { fileTool, insertPictures } from './body/pictures.ts';
import { formatting, history, toolbar } from './body/toolbar.ts';
import { placeSent, type Upload, Uploads, unsent } from './body/uploads.ts';
import './body-editor.css';
import type { BodyEditorLabels } from './body-labels.ts';
import { insertFiles } from './paste/files.ts';
import { pastePlugin } from './paste/paste.ts';

export interface BodyEditorOptions {
  html: string;
  labels: BodyEditorLabels;
  upload: Upload;
  onChange(): void;
  /** Tells the writer what was left out or could not be done. */
  notify(text: string): void;
  /** A Word document's title or first heading. Answers whether it is taken: then it is left out of the text. */
  onTitle?(title: string): boolean;
}

export interface BodyEditor {
  /** Exactly what was given while nothing is changed. Pictures that are not on the site yet are not in it. */
  html(): string;
  setHtml(html: string): void;
  isChanged(): boolean;
  /** How many pictures of the text are not on the site yet, those included whose upload failed. */
  unsentPictures(): number;
  focus(): void;
  destroy(): void;
}

export function mountBodyEditor(place: HTMLElement, options: BodyEditorOptions): BodyEditor {
  const { labels } = options;
  const figures = new Set<FigureView>();
  const uploads = new Uploads(
    options.upload,
    () => {
      placeSent(view, uploads);
      for (const figure of figures) figure.show();
    },
    (name, address) =>
      options.notify((address ? labels.remotePicture : labels.noPicture).replace('{name}', name)),
  );
  const field = linkField(labels);
  let article = readArticle(options.html);

  const addPictures = (files: readonly File[]) => {
    const [only, ...more] = insertPictures(view, files, uploads);
    // Of several, each says for itself that it lacks its text.
    if (only && more.length === 0) for (const figure of figures) if (figure.shows(only)) figure.askAlt();
  };
  const addFiles = (files: readonly File[]) =>
    void insertFiles(view, files, {
      labels,
      notify: options.notify,
      onTitle: options.onTitle,
      onPictures: addPictures,
    });

  const start = () =>
    EditorState.create({
      doc: article.doc,
      plugins: [
        pastePlugin({ labels, uploads, notify: options.notify, onFiles: addFiles }),
        ...keys(field.edit),
        historyPlugin(),
        dropCursor({ class: 'desk-drop', color: false }),
        gapCursor(),
      ],
    });
  const frame = element('div', { class: 'desk-body' });
  place.append(frame);
  const view: EditorView = new EditorView(frame, {
    state: start(),
    attributes: { class: 'desk-text', role: 'textbox', 'aria-multiline': 'true', 'aria-label': labels.text },
    clipboardSerializer: serializer,
    nodeViews: {
      kept: (node) => keptView(node, labels),
      kept_inline: (node) => keptView(node, labels),
      image: (node) => {
        const { src, ...attributes } = node.attrs.attributes as Record<string, string>;
        const isShown = src !== undefined && isSafePicture(src) && !/^http:/i.test(src);
        return {
          dom: element('img', {
            alt: attributes.alt,
            title: attributes.title,
            src: isShown ? src : undefined,
          }),
        };
      },
      figure: (node, editor, at) => {
        const figure: FigureView & { destroy?(): void } = new FigureView(node, editor, at, uploads, labels);
        figures.add(figure);
        figure.destroy = () => figures.delete(figure);
        return figure;
      },
    },
    dispatchTransaction: (transaction) => {
      view.updateState(view.state.apply(transaction));
      tools.update();
      if (!transaction.docChanged) return;
      placeSent(view, uploads);
      options.onChange();
    },
  });
  const accept = 'image/jpeg,image/png,image/webp,image/avif,image/gif';
  const files = [
    fileTool(labels.picture, 'picture', { accept, multiple: '' }, addFiles),
    fileTool(labels.document, 'document', { accept: '.docx' }, addFiles),
    fileTool(labels.camera, 'camera', { accept: 'image/*', capture: 'environment' }, addFiles),
  ];
  const tools = toolbar(labels.toolbar, [formatting(labels, field.edit), files, history(labels)], view);
  frame.prepend(tools.bar, field.row);
  tools.update();
  return {
    html: () => article.write(view.state.doc),
    setHtml: (html) => {
      article = readArticle(html);
      view.updateState(start());
      tools.update();
    },
    isChanged: () => !view.state.doc.eq(article.doc),
    unsentPictures: () => unsent(view.state, uploads).length,
    focus: () => view.focus(),
    destroy: () => {
      view.destroy();
      uploads.close();
      frame.remove();
    },
  };
}
