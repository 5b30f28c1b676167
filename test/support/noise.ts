import { createCipheriv } from 'node:crypto';

/** A text of this many letters, digits, `+` and `/`, the same for the same seed, that hardly compresses. */
export function noise(length: number, seed = 1): string {
  const key = Buffer.alloc(16, seed);
  const random = createCipheriv('aes-128-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(length));
  return random.toString('base64').slice(0, length);
}
