import { markdownToHtml } from '../../../../functions/article/markdown.ts';
import { maxBodyBytes } from '../../../../functions/article/render-body.ts';
import { escapeHtml, plainText } from '../../../../functions/pull/feed-html.ts';
import { type JsonObject, objectOf, objectsOf } from '../../../../functions/pull/feed-json.ts';
import type { ChangeNotes } from '../change-notes.ts';

const gone: Record<string, string> = {
  collection: 'Ghost fills it when it shows the page',
  email: 'it was for mails only',
  'email-cta': 'it was for mails only',
  signup: 'it is a form of Ghost',
  transistor: 'it plays for members of Ghost only',
};

/** The HTML of a card of Lexical or mobiledoc, which name what is in them alike. An unknown one leaves its text. */
export function cardHtml(name: string, card: JsonObject, notes: ChangeNotes): string {
  const write = cards[name];
  const reason = Object.hasOwn(gone, name) ? gone[name] : isHidden(card) ? 'only members see it' : undefined;
  if (reason) notes.add(`the card [${name}] is left out: ${reason}`);
  if (reason) return '';
  if (Object.hasOwn(cards, name) && write) return write(card);
  const texts = ['html', 'text', 'caption', 'title', 'description'].map((field) =>
    plainText(textOf(card[field])),
  );
  notes.add(`of the unknown card [${name}] only the text is taken`);
  return paragraphs(texts.map(escapeHtml));
}

const cards: Record<string, (card: JsonObject) => string> = {
  image: (card) => figure([picture(card)], card.caption),
  gallery: ({ images, caption }) => figure(objectsOf(images).map(picture), caption),
  'before-after': ({ beforeImage, afterImage, caption }) =>
    figure(
      [beforeImage, afterImage].map((image) => picture(objectOf(image))),
      caption,
    ),
  bookmark: ({ url, metadata, caption }) => {
    const { title, description, author, publisher } = objectOf(metadata);
    const by = [author, publisher].map(textOf).filter(Boolean).join(', ');
    const about = [link(url, textOf(title) || textOf(url)), escapeHtml(textOf(description)), escapeHtml(by)];
    return `<blockquote>${paragraphs(about)}</blockquote>${paragraphs([textOf(caption)])}`;
  },
  embed: ({ url, html, caption }) => figure([textOf(html) || paragraphs([link(url, textOf(url))])], caption),
  video: ({ src, thumbnailSrc, customThumbnailSrc, width, height, caption }) => {
    const poster = textOf(customThumbnailSrc) || textOf(thumbnailSrc);
    return figure(
      [tag('video', { src, poster, width, height, controls: '' }), src ? '</video>' : ''],
      caption,
    );
  },
  audio: ({ src, title }) =>
    figure([tag('audio', { src, controls: '' }), src ? '</audio>' : ''], escapeHtml(textOf(title))),
  file: ({ src, fileTitle, fileName, fileCaption }) =>
    paragraphs([
      link(src, textOf(fileTitle) || textOf(fileName) || textOf(src)),
      escapeHtml(textOf(fileCaption)),
    ]),
  code: codeHtml,
  codeblock: codeHtml,
  hr: () => '<hr>',
  horizontalrule: () => '<hr>',
  html: ({ html }) => textOf(html),
  'plugin-card': ({ html }) => textOf(html),
  markdown: markdownHtml,
  'card-markdown': markdownHtml,
  paywall: () => '',
  toggle: ({ heading, content }) =>
    `<details><summary>${textOf(heading)}</summary>${textOf(content)}</details>`,
  callout: ({ calloutEmoji, calloutText }) =>
    `<aside>${paragraphs([[escapeHtml(textOf(calloutEmoji)), textOf(calloutText)].filter(Boolean).join(' ')])}</aside>`,
  button: ({ buttonUrl, buttonText }) => paragraphs([link(buttonUrl, textOf(buttonText))]),
  'call-to-action': (card) =>
    [
      card.hasSponsorLabel === false ? '' : textOf(card.sponsorLabel),
      card.hasImage === false ? '' : figure([picture({ src: card.imageUrl, href: card.buttonUrl })]),
      textOf(card.textValue),
      card.showButton === false ? '' : paragraphs([link(card.buttonUrl, textOf(card.buttonText))]),
    ].join(''),
  header: (card) =>
    [
      figure([picture({ src: card.backgroundImageSrc })]),
      card.header ? `<h2>${textOf(card.header)}</h2>` : '',
      paragraphs([textOf(card.subheader)]),
      card.buttonEnabled ? paragraphs([link(card.buttonUrl, textOf(card.buttonText))]) : '',
    ].join(''),
  product: (card) => {
    const stars = Math.min(5, Math.max(0, Math.round(Number(card.productStarRating) || 0)));
    return [
      figure([picture({ src: card.productImageSrc })]),
      card.productTitle ? `<h3>${textOf(card.productTitle)}</h3>` : '',
      card.productRatingEnabled ? paragraphs(['★'.repeat(stars) + '☆'.repeat(5 - stars)]) : '',
      textOf(card.productDescription),
      card.productButtonEnabled ? paragraphs([link(card.productUrl, textOf(card.productButton))]) : '',
    ].join('');
  },
};

function isHidden({ visibility }: JsonObject): boolean {
  const { web, showOnWeb } = objectOf(visibility);
  return showOnWeb === false || objectOf(web).nonMember === false;
}

function codeHtml({ code, language, caption }: JsonObject): string {
  const name = /^[\w+#-]{1,40}$/.exec(textOf(language))?.[0];
  return figureOr(
    `<pre><code${name ? ` class="language-${name}"` : ''}>${escapeHtml(textOf(code))}</code></pre>`,
    caption,
  );
}

function markdownHtml({ markdown }: JsonObject): string {
  const text = textOf(markdown);
  // The site refuses such a text before it is parsed, for what a crafted one could cost.
  return Buffer.byteLength(text) > maxBodyBytes ? escapeHtml(text) : markdownToHtml(text, undefined);
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Of HTML; those that hold paragraphs themselves stay as they are. */
function paragraphs(texts: string[]): string {
  return texts
    .filter((text) => text.trim() !== '')
    .map((text) => (/<(?:p|div|ul|ol|h[1-6])\b/i.test(text) ? text : `<p>${text}</p>`))
    .join('');
}

function picture({ src, alt, title, href }: JsonObject): string {
  const image = tag('img', { src, alt: textOf(alt), title });
  return image && href && typeof href === 'string' ? `${tag('a', { href })}${image}</a>` : image;
}

function link(href: unknown, text: string): string {
  return href && text ? `${tag('a', { href })}${escapeHtml(text)}</a>` : escapeHtml(text);
}

function figure(parts: string[], caption?: unknown): string {
  const inside = parts.join('');
  return (
    inside && `<figure>${inside}${textOf(caption) && `<figcaption>${textOf(caption)}</figcaption>`}</figure>`
  );
}

function figureOr(html: string, caption: unknown): string {
  return textOf(caption) ? figure([html], caption) : html;
}

/** Empty without the address that it is for. */
function tag(name: string, attributes: JsonObject): string {
  if ('src' in attributes && !attributes.src) return '';
  const written = Object.entries(attributes).flatMap(([key, value]) => {
    const isTold =
      (typeof value === 'string' && (value || key === 'alt' || key === 'controls')) ||
      typeof value === 'number';
    return isTold ? [` ${key}="${escapeHtml(String(value))}"`] : [];
  });
  return `<${name}${written.join('')}>`;
}
