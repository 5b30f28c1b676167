import { damaged } from './inspect-picture.ts';

/** In place, for offsets in the file point to the pixels: what is hidden becomes zeros. */
export function cleanAvif(bytes: Buffer): { bytes: Buffer; isAnimated: boolean } {
  const clean = Buffer.from(bytes);
  const found = new Set<string>();
  let end = 0;
  for (const { name, start, end: next } of boxesIn(clean, 0, clean.length)) {
    if (!['ftyp', 'meta', 'mdat', 'moov', 'free', 'skip'].includes(name)) clean.fill(0, start, next);
    if (name === 'meta') blankHiddenItems(clean, start + 4, next);
    found.add(name);
    end = next;
  }
  if (!found.has('meta') || !found.has('mdat')) throw damaged();
  return { bytes: clean.subarray(0, end), isAnimated: clean.toString('latin1', 8, 12) === 'avis' };
}

function* boxesIn(bytes: Buffer, from: number, to: number) {
  for (let at = from; at + 8 <= to; ) {
    const size = bytes.readUInt32BE(at);
    const isLong = size === 1;
    const end = size === 0 ? to : at + (isLong ? Number(bytes.readBigUInt64BE(at + 8)) : size);
    const start = at + (isLong ? 16 : 8);
    // What follows the last box is none.
    if (end > to && at > from) return;
    if (end > to || end < start) throw damaged();
    yield { name: bytes.toString('latin1', at + 4, at + 8), start, end };
    at = end;
  }
}

function blankHiddenItems(bytes: Buffer, from: number, to: number): void {
  const boxes = [...boxesIn(bytes, from, to)];
  const hidden = new Set<number>();
  for (const { name, start, end } of boxes.filter((box) => box.name === 'iinf')) {
    const items = boxesIn(bytes, start + (bytes.readUInt8(start) === 0 ? 6 : 8), end);
    for (const item of name === 'iinf' ? items : []) {
      const version = bytes.readUInt8(item.start);
      const id = version < 3 ? bytes.readUInt16BE(item.start + 4) : bytes.readUInt32BE(item.start + 4);
      const type = bytes.toString(
        'latin1',
        item.start + (version < 3 ? 8 : 10),
        item.start + (version < 3 ? 12 : 14),
      );
      if (type === 'Exif' || type === 'mime') hidden.add(id);
    }
  }
  const iloc = boxes.find((box) => box.name === 'iloc');
  const idat = boxes.find((box) => box.name === 'idat');
  if (!iloc || hidden.size === 0) return;
  for (const { id, method, offset, length } of extentsOf(bytes, iloc.start))
    if (hidden.has(id)) {
      const start = offset + (method === 1 ? (idat?.start ?? 0) : 0);
      bytes.fill(0, start, start + length);
    }
}

function extentsOf(bytes: Buffer, start: number) {
  const version = bytes.readUInt8(start);
  const sizes = bytes.readUInt16BE(start + 4);
  const [offsetSize, lengthSize, baseSize] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15];
  const indexSize = version > 0 ? sizes & 15 : 0;
  let at = start + 6;
  const read = (size: number) => {
    const value =
      size === 0 ? 0 : size === 8 ? Number(bytes.readBigUInt64BE(at)) : bytes.readUIntBE(at, size);
    at += size;
    return value;
  };
  const extents: { id: number; method: number; offset: number; length: number }[] = [];
  for (let items = read(version < 2 ? 2 : 4); items > 0; items--) {
    const id = read(version < 2 ? 2 : 4);
    const method = version > 0 ? read(2) & 15 : 0;
    read(2);
    const base = read(baseSize);
    for (let count = read(2); count > 0; count--) {
      read(indexSize);
      extents.push({ id, method, offset: base + read(offsetSize), length: read(lengthSize) });
    }
  }
  return extents;
}
