import { escapeHtml, type Tag, walk } from '../../../../functions/pull/feed-html.ts';
import { fileAt, isPicture, type SiteFacts } from './site-facts.ts';

type Facts = Pick<SiteFacts, 'home' | 'attachments' | 'files'>;

/** The HTML with its pictures in full size, and with links to the pages of pictures leading to the pictures themselves. */
export function withFullPictures(html: string, facts: Facts): string {
  const parts: string[] = [];
  let done = 0;
  const replace = ({ start, end }: Tag['attributes'][number], written: string) => {
    parts.push(html.slice(done, start), written);
    done = end;
  };
  walk(html, {
    tag: ({ name, attributes }) => {
      const value = (wanted: string) => attributes.find((one) => one.name === wanted)?.value ?? '';
      const address =
        name === 'img'
          ? fullSize(value('src'), facts)
          : name === 'a'
            ? linked(value('href'), value('rel'), facts)
            : undefined;
      if (address === undefined) return;
      for (const one of attributes) {
        if (one.name === (name === 'img' ? 'src' : 'href'))
          replace(one, `${one.name}="${escapeHtml(address)}"`);
        // Of the smaller one.
        else if (name === 'img' && /^(?:srcset|sizes|width|height)$/.test(one.name)) replace(one, '');
      }
    },
  });
  return parts.join('') + html.slice(done);
}

/** Undefined where the address is that of the full size, or is not known to have one. */
function fullSize(written: string, { home, files }: Facts): string | undefined {
  // A copy of WordPress.com's.
  const src = written.replace(/^https?:\/\/i\d\.wp\.com\/([^?]*).*$/s, 'https://$1');
  const known = fileAt(files, src);
  if (known) return known.url === written ? undefined : known.url;
  const site = home.replace(/^https?:\/\//, '');
  const isOwn =
    /^\/(?!\/)/.test(src) || (site !== '' && src.replace(/^https?:\/\//, '').startsWith(`${site}/`));
  const own =
    isOwn && src.includes('/wp-content/uploads/') ? src.replace(/-\d{2,4}x\d{2,4}(?=\.\w+$)/, '') : src;
  const full = own.replace(/^(https:\/\/[\w-]+\.files\.wordpress\.com\/[^?]*)\?.*$/s, '$1');
  return full === written ? undefined : full;
}

function linked(href: string, rel: string, { attachments, files }: Facts): string | undefined {
  const [, id] = /\bwp-att-(\d+)/.exec(rel) ?? /[?&]attachment_id=(\d+)/.exec(href) ?? [];
  const url = (id && attachments.get(id)?.url) || (isPicture(href) ? fileAt(files, href)?.url : undefined);
  return url === href ? undefined : url;
}
