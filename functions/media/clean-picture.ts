import { cleanAvif } from './clean-avif.ts';
import { damaged } from './inspect-picture.ts';

/**
 * The same picture, its pixels untouched, without what people do not see: where and when it was taken, by whom, comments, previews, and
 * whatever follows its end. Colour profiles stay. Throws RefusedPictureError.
 */
export function cleanPicture(
  bytes: Buffer,
  { extension, orientation }: { extension: string; orientation: number },
): { bytes: Buffer; isAnimated: boolean } {
  try {
    const clean = cleaners[extension]?.(bytes, orientation);
    if (!clean) throw new Error(`No rules for ${extension}`);
    return { bytes: clean.bytes ?? Buffer.concat(clean.parts ?? []), isAnimated: clean.isAnimated ?? false };
  } catch (error) {
    // What is missing at the end is read beyond it.
    if (error instanceof RangeError) throw damaged();
    throw error;
  }
}

type Cleaner = (
  bytes: Buffer,
  orientation: number,
) => { parts?: Buffer[]; bytes?: Buffer; isAnimated?: boolean };

const cleaners: Record<string, Cleaner> = {
  jpg: cleanJpeg,
  png: cleanPng,
  webp: cleanWebp,
  gif: cleanGif,
  avif: cleanAvif,
};

function cleanJpeg(bytes: Buffer, orientation: number): { parts: Buffer[] } {
  const parts = [bytes.subarray(0, 2)];
  if (orientation > 1) parts.push(exifOf(orientation));
  let at = 2;
  for (;;) {
    if (bytes.readUInt8(at) !== 0xff) throw damaged();
    const marker = bytes.readUInt8(at + 1);
    // The end, or a byte that fills up.
    if (marker === 0xd9) return { parts: [...parts, bytes.subarray(at, at + 2)] };
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    let end = at + 2 + bytes.readUInt16BE(at + 2);
    if (marker === 0xda) end = endOfScan(bytes, end);
    const isHidden = (marker >= 0xe0 && marker <= 0xef) || marker === 0xfe;
    const isShown = marker === 0xe0 || marker === 0xee || isColourProfile(bytes, at);
    if (!isHidden || isShown) parts.push(bytes.subarray(at, end));
    at = end;
  }
}

function isColourProfile(bytes: Buffer, at: number): boolean {
  return bytes[at + 1] === 0xe2 && bytes.toString('latin1', at + 4, at + 15) === 'ICC_PROFILE';
}

/** Where the next marker stands, past those that belong to the scan. */
function endOfScan(bytes: Buffer, start: number): number {
  for (let at = bytes.indexOf(0xff, start); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const marker = bytes.readUInt8(at + 1);
    if (marker !== 0 && marker !== 0xff && (marker < 0xd0 || marker > 0xd7)) return at;
  }
  throw damaged();
}

/** An EXIF segment that says nothing but which side is up. */
function exifOf(orientation: number): Buffer {
  const entry = `0112000300000001000${orientation}0000`;
  return Buffer.from(`ffe10022457869660000${'4d4d002a00000008'}0001${entry}00000000`, 'hex');
}

const pngChunks = 'IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP bKGD pHYs acTL fcTL fdAT'.split(
  ' ',
);

function cleanPng(bytes: Buffer): { parts: Buffer[]; isAnimated: boolean } {
  const parts = [bytes.subarray(0, 8)];
  let isAnimated = false;
  for (let at = 8; ; ) {
    const end = at + 12 + bytes.readUInt32BE(at);
    if (end > bytes.length) throw damaged();
    const name = bytes.toString('latin1', at + 4, at + 8);
    if (pngChunks.includes(name)) parts.push(bytes.subarray(at, end));
    if (name === 'acTL') isAnimated = true;
    if (name === 'IEND') return { parts, isAnimated };
    at = end;
  }
}

const webpChunks = ['VP8X', 'VP8 ', 'VP8L', 'ALPH', 'ANIM', 'ANMF', 'ICCP'];

function cleanWebp(bytes: Buffer): { parts: Buffer[]; isAnimated: boolean } {
  const length = 8 + bytes.readUInt32LE(4);
  if (length > bytes.length) throw damaged();
  const head = Buffer.from(bytes.subarray(0, 12));
  const parts = [head];
  let isAnimated = false;
  for (let at = 12; at + 8 <= length; ) {
    const size = bytes.readUInt32LE(at + 4);
    const end = at + 8 + size + (size % 2);
    if (at + 8 + size > length) throw damaged();
    const name = bytes.toString('latin1', at, at + 4);
    const chunk = Buffer.from(bytes.subarray(at, end));
    // Its flags announce EXIF and XMP.
    if (name === 'VP8X') chunk.writeUInt8(chunk.readUInt8(8) & ~0x0c, 8);
    if (name === 'ANIM') isAnimated = true;
    if (webpChunks.includes(name)) parts.push(chunk);
    at = end;
  }
  head.writeUInt32LE(parts.reduce((sum, part) => sum + part.length, 0) - 8, 4);
  return { parts, isAnimated };
}

function cleanGif(bytes: Buffer): { parts: Buffer[]; isAnimated: boolean } {
  const tableSize = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  let at = 13 + tableSize(bytes.readUInt8(10));
  const parts = [bytes.subarray(0, at)];
  let frames = 0;
  for (;;) {
    const start = at;
    const kind = bytes.readUInt8(at);
    if (kind === 0x3b) return { parts: [...parts, bytes.subarray(at, at + 1)], isAnimated: frames > 1 };
    if (kind === 0x2c) {
      frames += 1;
      at += 11 + tableSize(bytes.readUInt8(at + 9));
    } else if (kind === 0x21) at += 2;
    else throw damaged();
    for (let size = bytes.readUInt8(at); size > 0; size = bytes.readUInt8(at)) at += 1 + size;
    at += 1;
    const label = bytes.readUInt8(start + 1);
    const loops = /^(NETSCAPE2|ANIMEXTS1)/.test(bytes.toString('latin1', start + 3, start + 14));
    if (kind === 0x2c || label === 0xf9 || (label === 0xff && loops)) parts.push(bytes.subarray(start, at));
  }
}
