import { articlePath } from '../../../functions/article/addresses.ts';
import type { OldAddresses } from './old-addresses.ts';
import type { OldPictures } from './old-pictures.ts';
import type { OldArticle } from './old-site.ts';
import { type Rewrite, rewriteHtml, rewriteMarkdown } from './rewrite-body.ts';

/** Says what is not as it was, and at which address. */
type Note = (text: string, address: string) => void;

/** The article's fields with our addresses in place of the old site's. Those that lead nowhere here become whole, and are named. */
export async function rewriteFields(
  { fields, addresses: [address = '/'] }: OldArticle,
  slug: string,
  { addresses, pictures }: { addresses: OldAddresses; pictures: OldPictures },
  note: Note,
): Promise<Record<string, unknown>> {
  const rewrite: Rewrite = async (written, use) => {
    const url = written.startsWith('#') ? undefined : addresses.resolve(written, address);
    if (!url) return written;
    const target = use === 'linked' ? addresses.find(url) : undefined;
    if (target === articlePath(slug) && url.hash) return url.hash;
    if (target !== undefined) return target + url.hash;
    if (pictures.isOurs(url, use)) {
      const taken = await pictures.take(url);
      if ('path' in taken) return taken.path;
      note(`a picture could not be taken: ${taken.why}`, written);
    } else if (url.protocol === 'file:') note('a file that is no picture is not taken along', written);
    else if (addresses.isOwn(url)) note('an address of the old site is left as it is', written);
    else return written;
    return url.protocol === 'file:' ? written : (addresses.whole(url) ?? written);
  };
  const rewritten = { ...fields };
  if (typeof fields.html === 'string') rewritten.html = await rewriteHtml(fields.html, rewrite);
  if (typeof fields.markdown === 'string')
    rewritten.markdown = await rewriteMarkdown(fields.markdown, rewrite);
  const { image } = fields;
  if (typeof image !== 'object' || image === null || !('url' in image) || typeof image.url !== 'string')
    return rewritten;
  const url = await rewrite(image.url, 'shown');
  if (!/^(?:https?:|\/media\/)/.test(url)) delete rewritten.image;
  else if (url !== image.url) {
    // The site measures its own.
    const { width: _, height: __, type: ___, length: ____, ...words } = image as Record<string, unknown>;
    rewritten.image = { ...words, url };
  }
  return rewritten;
}
