import type { Node } from 'prosemirror-model';
import { TextSelection } from 'prosemirror-state';
import type { EditorView, NodeView } from 'prosemirror-view';
import type { BodyEditorLabels } from '../body-labels.ts';
import { isSafePicture } from './allowed.ts';
import { button, element } from './element.ts';
import type { Uploads } from './uploads.ts';

type Attributes = Record<string, string>;

/** A picture with its alternative text and caption in their places, and how far its upload is. */
export class FigureView implements NodeView {
  readonly dom: HTMLElement;
  readonly contentDOM: HTMLElement;
  private readonly image = element('img', { draggable: 'false' });
  private readonly alt = element('textarea', { rows: '1' });
  private readonly hint: HTMLElement;
  private readonly progress = element('progress', { max: '1' });
  private readonly failure: HTMLElement;
  private node: Node;
  private readonly uploads: Uploads;

  constructor(
    node: Node,
    view: EditorView,
    at: () => number | undefined,
    uploads: Uploads,
    labels: BodyEditorLabels,
  ) {
    this.node = node;
    this.uploads = uploads;
    const change = (image: Attributes) => {
      const place = at();
      if (place === undefined) return;
      const { attrs } = this.node;
      view.dispatch(
        view.state.tr.setNodeMarkup(place, null, { ...attrs, image: { ...attrs.image, ...image } }),
      );
    };
    this.alt.addEventListener('input', () => change({ alt: this.alt.value.replace(/\s+/g, ' ') }));
    this.alt.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter') return;
      event.preventDefault();
      // On to the caption.
      const place = at();
      if (place === undefined) return;
      view.focus();
      const end = place + 1 + this.node.content.size;
      view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, end)));
    });
    this.image.addEventListener('click', () => this.alt.focus());
    const remove = button(
      '×',
      { class: 'desk-figure-remove', 'aria-label': labels.remove, title: labels.remove },
      () => {
        const place = at();
        if (place !== undefined) view.dispatch(view.state.tr.delete(place, place + this.node.nodeSize));
        view.focus();
      },
    );
    const retry = button(labels.retry, {}, () => void uploads.send(this.node.attrs.image.src));
    this.failure = element(
      'p',
      { class: 'desk-figure-failure', role: 'alert', hidden: '' },
      labels.uploadFailed,
      ' ',
      retry,
    );
    this.progress.setAttribute('aria-label', labels.uploading);
    this.hint = element('span', { class: 'desk-figure-hint' }, labels.altMissing);
    this.contentDOM = element('figcaption', { 'data-placeholder': labels.caption });
    const fields = element(
      'label',
      { class: 'desk-figure-alt' },
      element('span', {}, labels.alt),
      this.alt,
      this.hint,
    );
    const head = element(
      'div',
      { class: 'desk-figure-head', contenteditable: 'false' },
      this.image,
      remove,
      this.progress,
      this.failure,
      fields,
    );
    this.dom = element('figure', { class: 'desk-figure' }, head, this.contentDOM);
    this.show();
  }

  /** Also when the upload goes on. */
  show(): void {
    const { src, alt = '' } = this.node.attrs.image as Attributes;
    const sending = this.uploads.find(src);
    if (
      src !== undefined &&
      // One of another site is fetched once, without saying for whom.
      (!sending || src.startsWith('blob:')) &&
      isSafePicture(src) &&
      !/^http:/i.test(src) &&
      this.image.getAttribute('src') !== src
    )
      this.image.src = src;
    if (this.alt.value.replace(/\s+/g, ' ') !== alt) this.alt.value = alt;
    this.image.alt = alt;
    this.hint.hidden = alt !== '';
    this.progress.hidden = sending?.state !== 'sending';
    this.progress.value = sending?.share ?? 0;
    this.failure.hidden = sending?.state !== 'failed';
    this.contentDOM.classList.toggle('is-empty', this.node.content.size === 0);
  }

  shows(src: string): boolean {
    return this.node.attrs.image.src === src;
  }

  askAlt(): void {
    this.alt.focus();
  }

  update(node: Node): boolean {
    if (node.type !== this.node.type) return false;
    this.node = node;
    this.show();
    return true;
  }

  stopEvent(event: Event): boolean {
    const target = event.target as HTMLElement;
    return Boolean(target.closest?.('textarea, button'));
  }

  ignoreMutation(mutation: { target: globalThis.Node }): boolean {
    return !this.contentDOM.contains(mutation.target);
  }
}
