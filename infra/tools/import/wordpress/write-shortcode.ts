import { decodeReferences, escapeHtml } from '../../../../functions/pull/feed-html.ts';
import type { ChangeNotes } from '../change-notes.ts';
import { linkTo } from './paragraphs.ts';
import { codeNames, type Shortcode } from './shortcodes.ts';
import { type Attachment, isPicture, type SiteFacts } from './site-facts.ts';

/** What is known while the text of one post is written. */
export interface Writing {
  facts: Pick<SiteFacts, 'home' | 'attachments' | 'files' | 'uploads' | 'blocks'>;
  /** The number of the post. */
  id: string;
  notes: ChangeNotes;
}

type Writer = (code: Shortcode, writing: Writing) => string | undefined;

const caption: Writer = ({ attributes, content = '' }) => {
  // The picture with its link comes first, the caption is the rest or, in old posts, an attribute.
  const [picture = ''] = /^\s*(?:<a\s[^>]*>\s*)?<img\s[^>]*>(?:\s*<\/a>)?/i.exec(content) ?? [];
  const text = content.slice(picture.length).trim() || (attributes.caption ?? '');
  return picture && `<figure>${picture.trim()}<figcaption>${text}</figcaption></figure>`;
};

const gallery: Writer = ({ attributes: { ids, include, exclude } }, writing) => {
  const named = numbers(ids ?? include);
  const without = numbers(exclude);
  const pictures =
    named.length > 0
      ? named.map((id) => writing.facts.attachments.get(id))
      : (writing.facts.uploads.get(writing.id) ?? []);
  if (pictures.length === 0) return undefined;
  return pictures
    .map((picture) => {
      if (!picture) writing.notes.add('a picture of a gallery is not in the export');
      return picture && !without.includes(picture.id) ? figureOf(picture) : '';
    })
    .join('\n');
};

const playlist: Writer = ({ attributes }, writing) => {
  const files = numbers(attributes.ids).map((id) => writing.facts.attachments.get(id));
  if (files.length === 0) return undefined;
  return files
    .map((file) => {
      if (!file) writing.notes.add('a file of a playlist is not in the export');
      const kind = attributes.type === 'video' ? 'video' : 'audio';
      return file ? playerOf(kind, file.url, file.title) : '';
    })
    .join('\n');
};

const player =
  (kind: 'audio' | 'video'): Writer =>
  ({ attributes, content }) => {
    const given = 'src mp4 m4v webm ogv wmv flv mp3 ogg m4a flac wma wav 0'
      .split(' ')
      .map((name) => attributes[name])
      .find((value) => value !== undefined);
    const url = given ?? /https?:\/\/[^\s<>"]+/.exec(content ?? '')?.[0];
    if (!url) return undefined;
    return /\.\w{2,5}(?:\?.*)?$/.test(url) ? playerOf(kind, url, undefined, attributes.poster) : linkTo(url);
  };

const services: [RegExp, (id: string) => string][] = [
  [/youtube|^embedyt$/, (id) => `https://www.youtube.com/watch?v=${id}`],
  [/vimeo/, (id) => `https://vimeo.com/${id}`],
  [/dailymotion/, (id) => `https://www.dailymotion.com/video/${id}`],
  [/^(?:tweet|twitter)/, (id) => `https://x.com/i/status/${id}`],
  [/^gist$/, (id) => `https://gist.github.com/${id}`],
];

/** Such as [youtube https://…], [vimeo 123], [su_button url="…"]Text[/su_button]. */
const embed: Writer = ({ name, attributes, content }) => {
  const inside = content?.trim() ?? '';
  const given = [attributes.url, attributes.src, attributes.link, attributes.href, attributes['0'], inside];
  const url = given.find((value) => /^https?:\/\/[^\s<>"]+$/.test(value ?? ''));
  if (url) return inside === '' || inside === url ? linkTo(url) : linkOn(inside, url);
  const [, addressOf] = services.find(([pattern]) => pattern.test(name)) ?? [];
  const id = [attributes.id, attributes.video_id, attributes['0'], inside].find((value) =>
    /^[\w-]+$/.test(value ?? ''),
  );
  return addressOf && id ? linkTo(addressOf(id)) : undefined;
};

function linkOn(text: string, url: string): string | undefined {
  return /<|\n\s*\n/.test(text) ? undefined : `<a href="${escapeHtml(url)}">${text}</a>`;
}

const code: Writer = ({ name, attributes, content = '' }) => {
  const language = attributes.language ?? attributes.lang ?? (/code$/.test(name) ? '' : name);
  const text = /&(?:lt|gt|amp);/.test(content) ? content.replaceAll('<', '&lt;') : escapeHtml(content);
  return `<pre><code${language && ` class="language-${escapeHtml(language)}"`}>${text.replace(/^\r?\n/, '')}</code></pre>`;
};

const writers = new Map<string, Writer>([
  ...['caption', 'wp_caption'].map((name): [string, Writer] => [name, caption]),
  ['gallery', gallery],
  ['playlist', playlist],
  ['audio', player('audio')],
  ['video', player('video')],
  ...'embed youtube vimeo dailymotion tweet twitter soundcloud spotify instagram facebook tiktok ted googlemaps gist embedyt'
    .split(' ')
    .map((name): [string, Writer] => [name, embed]),
  ...codeNames.map((name): [string, Writer] => [name, code]),
]);

export function isKnownShortcode(name: string): boolean {
  return writers.has(name);
}

/** As plain HTML. One that is not known gives way to what it encloses, or to a link if it has an address, with a note. */
export function writeShortcode(shortcode: Shortcode, writing: Writing): string {
  const { name, content } = shortcode;
  const known = writers.get(name)?.(shortcode, writing);
  if (known) return known;
  const link = writers.has(name) ? undefined : embed(shortcode, writing);
  const what = link
    ? 'is a link now'
    : content === undefined
      ? 'is left out'
      : 'is left out, its content is kept';
  writing.notes.add(`the shortcode [${name}] ${what}`);
  return link ?? content ?? '';
}

function numbers(list: string | undefined): string[] {
  return list?.match(/\d+/g) ?? [];
}

export function figureOf({ url, alt, caption }: Attachment): string {
  const text = caption ? `<figcaption>${caption}</figcaption>` : '';
  return isPicture(url)
    ? `<figure><img src="${escapeHtml(url)}" alt="${escapeHtml(decodeReferences(alt ?? ''))}">${text}</figure>`
    : linkTo(url);
}

function playerOf(kind: 'audio' | 'video', url: string, title?: string, poster?: string): string {
  const text = title ? `<figcaption>${title}</figcaption>` : '';
  const picture = poster ? ` poster="${escapeHtml(poster)}"` : '';
  return `<figure><${kind} controls src="${escapeHtml(url)}"${picture}></${kind}>${text}</figure>`;
}
