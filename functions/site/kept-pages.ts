import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { encode, preferredEncoding } from '../runtime/compression.ts';
import { LatelyUsed } from './lately-used.ts';
import { etagOf, respondDocument } from './respond.ts';

interface Kept {
  text: string;
  etag: string;
  /** By encoding; undefined where packing gains nothing. */
  packed: Map<string, Uint8Array<ArrayBuffer> | undefined>;
}

/**
 * Pages that take longer to render than to ask for what they show. The same data gives the same bytes, so until an article changes each is
 * rendered and packed once in an execution environment.
 */
export class KeptPages {
  readonly #pages = new LatelyUsed<Kept>(50);

  /** Answers what `render` makes of `data`, and of nothing else that changes. */
  respond<Data>(c: Context, type: string, data: Data, render: (data: Data) => string): Response {
    const key = createHash('sha256')
      .update(`${type} ${JSON.stringify(data)}`)
      .digest('base64');
    const page = this.#pages.find(key, () => {
      const text = render(data);
      return { text, etag: etagOf(text), packed: new Map() };
    });
    const encoding = preferredEncoding(c);
    if (!page.packed.has(encoding)) page.packed.set(encoding, encode(encoding, Buffer.from(page.text)));
    const packed = page.packed.get(encoding);
    const body = packed ? { body: packed, encoding } : { body: page.text };
    return respondDocument(c, { etag: page.etag, ...body, type, cacheControl: 'no-cache' });
  }
}
