import type { Network } from '../../../functions/pull/send-request.ts';

/** What whoever moves in says of the old site, where its export does not. */
export interface ReadOptions {
  /** Its home page. */
  home?: string | undefined;
  /** Of dates that are written without one, such as Asia/Shanghai. */
  zone?: string | undefined;
  /** Only tests give one. */
  network?: Partial<Network> | undefined;
}

/** A site that moves in, as the reader of its system tells it. */
export interface OldSite {
  /** As people call it: WordPress, Ghost, Hugo, an RSS feed. */
  system: string;
  /** Its home page, where it is known: addresses below it are the site's own. */
  home?: string | undefined;
  /** The folder of this machine whose pictures its texts may name by `file://`, as a real path. No other file of the machine is read. */
  folder?: string | undefined;
  /**
   * Everything it holds, in the order it is written. May be asked for several times, gives the same each time, and keeps few entries in
   * memory at once. Throws CommandError when the whole cannot be read; a fault of one entry is a LeftOut.
   */
  entries(): AsyncIterable<OldEntry>;
}

export type OldEntry = OldArticle | OldPicture | OldAddress | LeftOut;

interface Placed {
  /** Where people find it: `line 312`, `posts/harbour.md`, `post 71`. */
  place: string;
}

export interface OldArticle extends Placed {
  kind: 'article';
  /** What the old site called its address; the import makes ours of it, or else of the title. */
  slug?: string | undefined;
  /** Where it was found: whole addresses, or paths with or without query. The one people know comes first. */
  addresses: string[];
  /**
   * The body of a write request (one of `html`, `markdown`, `text`), with the pictures and links of the old site as whole addresses or
   * paths from its root, pictures in their full size. In a folder, pictures by absolute paths of this machine behind `file://`.
   */
  fields: Record<string, unknown> & { title: string };
  /** What changed on the way, a line each: `the shortcode [poll] is left out`. */
  notes: string[];
}

/** A picture of the old site's media library; those that articles show need not be named. */
export interface OldPicture extends Placed {
  kind: 'picture';
  /** Where its full size is: an address, or `file://` and a path. */
  url: string;
  /** Other old addresses of it, such as those of its sizes. */
  addresses: string[];
}

/** An address that is no article's, and where it leads on our site. */
export interface OldAddress extends Placed {
  kind: 'address';
  /** A path, with `*` at its end for all that begins so. */
  from: string;
  to: string;
}

export interface LeftOut extends Placed {
  kind: 'left-out';
  /** Such as `page "Imprint"`. */
  what: string;
  reason: string;
}
