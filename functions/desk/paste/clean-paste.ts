import { copyAllowed } from '../body/allowed.ts';
import { parseInert } from '../body/inert.ts';
import { BlockWriter } from './blocks.ts';
import { dropJunk } from './drop-junk.ts';
import { joinLists } from './lists.ts';
import { convertNotes } from './notes.ts';

export interface PasteContext {
  /** Keeps a picture's bytes; returns the address under which the text shows it meanwhile. */
  keepPicture(blob: Blob, name: string): string;
  /** Copies a picture of another site. */
  keepRemote(src: string, name: string): void;
  /** Of the RTF beside the HTML. */
  filePictures: Blob[];
  /** The number of the first footnote. */
  firstNote: number;
}

export interface Pasted {
  html: string;
  /** Pictures whose bytes the clipboard does not hold. */
  lost: number;
}

/** HTML of any program as an article may hold it. It is looked at where no script runs and nothing loads. */
export function cleanPaste(html: string, context: PasteContext): Pasted {
  const document = parseInert(html);
  const { body } = document;
  const own = body.querySelector('[data-pm-slice]');
  if (own) return cleanOwn(body, own);
  let lost = 0;
  const isOffice = /\bmso-|class="?Mso|urn:schemas-microsoft-com:office/i.test(html);
  dropJunk(body, isOffice);
  joinLists(body);
  const notes = convertNotes(body, context.firstNote);
  const fileImages = [...body.querySelectorAll('img')].filter((image) =>
    /^file:/i.test(image.getAttribute('src') ?? ''),
  );
  const files = context.filePictures.length === fileImages.length ? context.filePictures : [];
  const takePicture = (image: Element): Record<string, string> | undefined => {
    const src = image.getAttribute('src') ?? '';
    const alt = altOf(image);
    if (
      [image.getAttribute('width'), image.getAttribute('height')].some((side) => side === '1' || side === '0')
    )
      return undefined;
    const bytes = files[fileImages.indexOf(image as HTMLImageElement)] ?? blobOf(src);
    if (bytes) return { src: context.keepPicture(bytes, nameOf(image)), alt };
    if (/^https:\/\//i.test(src)) {
      context.keepRemote(src, nameOf(image));
      return { src, alt };
    }
    lost += 1;
    return undefined;
  };
  const writer = new BlockWriter(document, takePicture);
  const blocks = writer.write(body);
  lowerTitles(blocks);
  for (const item of notes?.querySelectorAll('li') ?? []) item.replaceChildren(...writer.write(item));
  body.replaceChildren(...blocks, ...(notes ? [notes] : []));
  return { html: body.innerHTML, lost };
}

/** Of this editor: all is kept, but nothing is trusted, for any page can write such a clipboard. */
function cleanOwn(body: HTMLElement, own: Element): Pasted {
  const open = /^\d+ \d+/.exec(own.getAttribute('data-pm-slice') ?? '')?.[0] ?? '0 0';
  body.replaceChildren(copyAllowed(body, body.ownerDocument, 'keep'));
  const mark = body.ownerDocument.createElement('meta');
  mark.setAttribute('data-pm-slice', `${open} []`);
  body.append(mark);
  return { html: body.innerHTML, lost: 0 };
}

/** The article's title is the page's only h1. */
function lowerTitles(blocks: Element[]): void {
  if (!blocks.some((block) => block.localName === 'h1')) return;
  for (const [place, block] of blocks.entries()) {
    const level = /^h([1-6])$/.exec(block.localName)?.[1];
    if (!level) continue;
    const lower = block.ownerDocument.createElement(`h${Math.min(6, Number(level) + 1)}`);
    lower.append(...block.childNodes);
    blocks[place] = lower;
  }
}

/** Word's guesses, and names of files, say nothing to a reader. */
function altOf(image: Element): string {
  const alt = (image.getAttribute('alt') ?? '').replace(/\s+/g, ' ').trim();
  const isGuess =
    /AI-generated|automatically generated|^(?:image|picture|grafik|bild|img[_\d-]*)\s*\d*$|\.(?:jpe?g|png|gif|webp)$/i;
  return isGuess.test(alt) ? '' : alt.slice(0, 1000);
}

function nameOf(image: Element): string {
  return (
    (image.getAttribute('alt') || (image.getAttribute('src') ?? '').replace(/^data:.*/s, '')).slice(-100) ||
    'picture'
  );
}

/** The bytes of a picture that stands within the text. */
function blobOf(src: string): Blob | undefined {
  const [, type, data = ''] = /^data:(image\/(?:png|jpeg|gif|webp|avif));base64,(.*)$/is.exec(src) ?? [];
  if (!type) return undefined;
  try {
    return new Blob([Uint8Array.from(atob(data.replace(/\s+/g, '')), (sign) => sign.charCodeAt(0))], {
      type: type.toLowerCase(),
    });
  } catch {
    return undefined;
  }
}
