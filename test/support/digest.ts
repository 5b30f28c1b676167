import { createHash } from 'node:crypto';

/** SHA-256: a text too long for a failed test to show in full is compared by it. */
export function digest(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
