/** A picture of the site's own, as it is stored: what pages and feeds need to know of it. */
export interface Picture {
  /** `/media/<name>-<hash>.<ext>`: other content would have another path. */
  path: string;
  type: string;
  /** Bytes. */
  length: number;
  width: number;
  height: number;
  /** Of the WebP files made of it, ascending; none of an animation. */
  widths: number[];
  /** The JPEG made of it, unless it is far taller than wide, for those who show nothing newer: feed readers, and previews of links. */
  preview?: { width: number; length: number };
}

/** The path of a content by this name: `hash` is SHA-256 in hexadecimal digits, of which it takes 16. */
export function pathOf(name: string, hash: string): string {
  return `/media/${name.replace(/(?=\.[^.]+$)/, `-${hash.slice(0, 16)}`)}`;
}

/** The name under which the picture of this path is kept, whatever it shows now. */
export function nameAt(path: string): string {
  return path.slice('/media/'.length).replace(/-[0-9a-f]{16}(?=\.[^.]+$)/, '');
}

/** The names, after /media/, of the site's own pictures that a text and an image of this address show or link, each once. */
export function picturesIn(html: string, image: string | undefined): string[] {
  // Of clean HTML: `<` stands only before a tag, and values between double quotes.
  const tags = html.match(/<(?:a|img|source|video) [^>]*>/g) ?? [];
  const urls = tags.flatMap((tag) =>
    [...tag.matchAll(/ (?:src|poster|href|srcset)="([^"]*)"/g)].flatMap(([, value = '']) =>
      value.split(', '),
    ),
  );
  const own = /^\/media\/([a-z0-9][a-z0-9._-]{0,200})(?:[?# ].*)?$/;
  const names = [image ?? '', ...urls].map((url) => own.exec(url)?.[1]);
  return [...new Set(names)].filter((name) => name !== undefined);
}

export interface PictureSize {
  path: string;
  type: string;
  width: number;
  height: number;
}

/** Where a file made of the picture stands. */
export function madePath({ path }: Pick<Picture, 'path'>, width: number, extension: 'webp' | 'jpg'): string {
  return path.replace(/\.[^.]+$/, `-${width}.${extension}`);
}

export function sizesOf(picture: Picture): PictureSize[] {
  return picture.widths.map((width) => ({
    path: madePath(picture, width, 'webp'),
    type: 'image/webp',
    width,
    height: heightAt(picture, width),
  }));
}

export function previewOf(picture: Picture): (PictureSize & { length: number }) | undefined {
  if (!picture.preview) return undefined;
  const { width, length } = picture.preview;
  return {
    path: madePath(picture, width, 'jpg'),
    type: 'image/jpeg',
    width,
    height: heightAt(picture, width),
    length,
  };
}

function heightAt({ width, height }: Picture, smaller: number): number {
  return Math.max(1, Math.round((height * smaller) / width));
}

/** How wide a picture is in an article's column. */
export const columnSizes = '(min-width: 48rem) 44rem, 92vw';

export function srcsetOf(sizes: PictureSize[]): string {
  return sizes.map(({ path, width }) => `${path} ${width}w`).join(', ');
}
