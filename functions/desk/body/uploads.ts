import type { Node } from 'prosemirror-model';
import type { EditorState } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { fileName } from './file-name.ts';
import { schema } from './schema.ts';
import { fetchPicture, shrinkPicture } from './shrink-picture.ts';

export type Upload = (
  file: Blob,
  name: string,
  onProgress: (share: number) => void,
) => Promise<{ path: string; width: number; height: number }>;

export interface Sending {
  state: 'sending' | 'failed' | 'unreadable' | 'sent';
  /** From 0 to 1. */
  share: number;
  path?: string;
}

interface Kept extends Sending {
  /** Absent for one of another site, which its address brings. */
  blob?: Blob;
  name: string;
}

/**
 * Pictures on their way to the site. A picture stands in the text under a `blob:` address of the browser, until the site's own takes its
 * place: so an undone and redone picture is found again.
 */
export class Uploads {
  private readonly kept = new Map<string, Kept>();
  private readonly upload: Upload;
  private readonly onChange: () => void;
  private readonly onUnreadable: (name: string, address: string | undefined) => void;

  constructor(
    upload: Upload,
    onChange: () => void,
    onUnreadable: (name: string, address: string | undefined) => void,
  ) {
    this.upload = upload;
    this.onChange = onChange;
    this.onUnreadable = onUnreadable;
  }

  /** The address under which the picture is shown meanwhile. */
  add(blob: Blob, name: string): string {
    const src = URL.createObjectURL(blob);
    this.kept.set(src, { blob, name, state: 'failed', share: 0 });
    void this.send(src);
    return src;
  }

  /** Copies a picture of another site. */
  addRemote(src: string, name: string): void {
    if (this.kept.has(src)) return;
    this.kept.set(src, { name, state: 'failed', share: 0 });
    void this.send(src);
  }

  find(src: string | undefined): Sending | undefined {
    return src === undefined ? undefined : this.kept.get(src);
  }

  async send(src: string): Promise<void> {
    const one = this.kept.get(src);
    if (one?.state !== 'failed') return;
    Object.assign(one, { state: 'sending', share: 0 });
    this.onChange();
    const reading = one.blob ? shrinkPicture(one.blob) : fetchPicture(src);
    const small = await reading.catch(() => undefined);
    if (!small) {
      one.state = 'unreadable';
      this.onUnreadable(one.name, one.blob ? undefined : src);
      this.onChange();
      return;
    }
    try {
      const { path } = await this.upload(small, await fileName(one.name, small), (share) => {
        one.share = share;
        this.onChange();
      });
      Object.assign(one, { state: 'sent', path });
    } catch {
      one.state = 'failed';
    }
    this.onChange();
  }

  close(): void {
    for (const src of this.kept.keys()) URL.revokeObjectURL(src);
  }
}

/** Figures whose picture is not on the site yet. */
export function unsent(
  state: EditorState,
  uploads: Uploads,
): { node: Node; at: number; src: string; sending: Sending | undefined }[] {
  const found: ReturnType<typeof unsent> = [];
  state.doc.descendants((node, at) => {
    const src: string = (node.type === schema.nodes.figure && node.attrs.image.src) || '';
    const sending = uploads.find(src);
    if (sending || src.startsWith('blob:')) found.push({ node, at, src, sending });
    return !node.isTextblock;
  });
  return found;
}

/**
 * Puts the site's address in the place of the browser's, also in a picture that comes back by undo. What turned out to be no picture goes,
 * and of another site's a link stays.
 */
export function placeSent(view: EditorView, uploads: Uploads): void {
  const { tr } = view.state;
  for (const { node, at, src, sending } of unsent(view.state, uploads).reverse()) {
    const image = { ...node.attrs.image, src: sending?.path };
    if (sending?.path !== undefined) tr.setNodeMarkup(at, null, { ...node.attrs, image });
    if (sending?.state !== 'unreadable') continue;
    const link = schema.text(image.alt || src, [schema.marks.link.create({ attributes: { href: src } })]);
    const left = src.startsWith('blob:')
      ? []
      : [schema.node('paragraph', null, [link, schema.text(' '), ...node.children])];
    tr.replaceWith(at, at + node.nodeSize, left);
  }
  // Undoing it would bring an address that only this window knows.
  if (tr.docChanged) view.dispatch(tr.setMeta('addToHistory', false));
}
