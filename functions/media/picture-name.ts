import { createHash } from 'node:crypto';

const endings = /\.(png|jpe?g|gif|webp|avif|heic|heif|svg|tiff?|bmp)$/i;

/**
 * The name under which a picture is kept: in lower case, with a hyphen for what addresses do not hold, and the ending of what it really is.
 * `IMG 1234.JPG` is img-1234.jpg. Two names in another script do not become one.
 */
export function pictureName(written: string, extension: string): string {
  const stem = written.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(endings, '');
  const plain = stem.replace(/[^a-z0-9._]+/g, '-').replace(/^[._-]+|[._-]+$/g, '');
  const lost = /[\p{L}\p{N}]/u.test(stem.replace(/[\0-\x7f]/g, ''));
  const mark = createHash('sha256').update(stem).digest('hex').slice(0, 8);
  const parts = [plain.slice(0, 80) || 'picture', ...(lost || plain.length > 80 || !plain ? [mark] : [])];
  return `${parts.join('-')}.${extension}`;
}
