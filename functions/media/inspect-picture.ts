import { imageSize } from 'image-size';

/** A file that is not published as a picture; the message tells its owner why, and what helps. */
export class RefusedPictureError extends Error {
  override name = 'RefusedPictureError';
  readonly kind: 'faulty-fields' | 'in-use' | 'taken' | 'too-large' | 'wrong-type';

  constructor(message: string, kind: RefusedPictureError['kind'] = 'faulty-fields') {
    super(message);
    this.kind = kind;
  }
}

export function damaged(): RefusedPictureError {
  return new RefusedPictureError('is damaged, or was cut off on its way: send it again');
}

export interface Inspected {
  type: string;
  /** Of the type, such as jpg. */
  extension: string;
  /** As browsers show it. */
  width: number;
  height: number;
  /** EXIF's: from 2 on the pixels are not stored upright. */
  orientation: number;
}

// No SVG: opened by itself it is a page that may run scripts on the site's origin.
const types: Record<string, string> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
};
const advice: Record<string, string> = {
  svg: 'is an SVG, which could run scripts on the site: export it as PNG or WebP',
  heic: 'is a HEIC picture, which most browsers cannot show: export it as JPEG (iPhone: Settings, Camera, Formats, Most Compatible)',
  heif: 'is a HEIF picture, which most browsers cannot show: export it as JPEG',
};
/** Of a file that is uploaded or deployed. */
export const maxPictureBytes = 50_000_000;
/** A progressive JPEG of so many takes 300 MB to decode. */
const maxPixels = 50_000_000;

/** Type and size by the bytes alone, whatever the file is called. Nothing is decoded. Throws RefusedPictureError. */
export function inspectPicture(bytes: Uint8Array): Inspected {
  if (bytes.length === 0) throw new RefusedPictureError('is empty');
  const { type: extension = '', width, height, orientation = 1 } = measure(bytes);
  const type = types[extension];
  if (!type || !width || !height)
    throw new RefusedPictureError(
      advice[extension] ?? 'is not a PNG, JPEG, GIF, WebP or AVIF picture',
      'wrong-type',
    );
  if (width * height > maxPixels)
    throw new RefusedPictureError(
      `has ${Math.ceil((width * height) / 1e6)} megapixels, more than ${maxPixels / 1e6}: make it smaller`,
      'too-large',
    );
  // Orientations from 5 on are turned by 90 degrees; browsers turn them back.
  const size = orientation < 5 ? { width, height } : { width: height, height: width };
  return { type, extension, ...size, orientation };
}

function measure(bytes: Uint8Array): Partial<ReturnType<typeof imageSize>> {
  try {
    return imageSize(bytes);
  } catch {
    const head = Buffer.from(bytes.subarray(0, 500)).toString('latin1');
    if (/^.{4}ftyp(hei|hev|mif1|msf1)/s.test(head)) return { type: 'heic' };
    return /^[^<]*<(svg|\?xml[^>]*>[^<]*<svg)\b/.test(head) ? { type: 'svg' } : {};
  }
}
