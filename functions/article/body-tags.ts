import type { HtmlElement } from './left-out.ts';

const words = (text: string) => text.split(' ');

export const textTags = words(
  'a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure ' +
    'h1 h2 h3 h4 h5 h6 hr i ins kbd li mark ol p picture pre q rp rt ruby s samp section small source span strong ' +
    'sub summary sup table tbody td tfoot th thead time tr u ul var wbr',
);
export const voidTags = words('br col hr source wbr');
const renamed: Record<string, string> = {
  ...Object.fromEntries(
    words('address article aside center fieldset footer form header hgroup main nav search').map((name) => [
      name,
      'div',
    ]),
  ),
  ...{
    acronym: 'abbr',
    'amp-anim': 'img',
    'amp-audio': 'audio',
    'amp-iframe': 'iframe',
    'amp-img': 'img',
    'amp-video': 'video',
    dir: 'ul',
    image: 'img',
    legend: 'p',
    listing: 'pre',
    menu: 'ul',
    strike: 's',
    tt: 'code',
    xmp: 'pre',
  },
};
/** By tag and class: what only a stylesheet or a script of WordPress or Ghost makes of a div. */
const renamedClasses: Record<string, string> = {
  'div.wp-caption': 'figure',
  'p.wp-caption-text': 'figcaption',
  'div.kg-toggle-card': 'details',
  'div.kg-toggle-heading': 'summary',
  'h4.kg-toggle-heading-text': 'span',
  'span.kg-bookmark-author': 'div',
  'span.kg-bookmark-publisher': 'div',
};
const controls = /(?:^|\s)kg-(?:audio-player|video-overlay|video-player-container|signup-card)(?:\s|$)/;

/** What an element is called in articles. */
export function nameOf({ name, attribs }: HtmlElement): string {
  const classes = attribs.class?.split(/\s+/) ?? [];
  if (controls.test(attribs.class ?? '')) return 'input';
  const known = classes.map((one) => `${name}.${one}`).find((one) => Object.hasOwn(renamedClasses, one));
  return renamedClasses[known ?? ''] ?? renamed[name] ?? name;
}

export const shownNowhere: Record<string, string> = {
  ...Object.fromEntries(
    words('button datalist input keygen meter optgroup option output progress select textarea').map(
      (name) => [name, 'articles have no controls'],
    ),
  ),
  ...Object.fromEntries(
    words(
      'applet area base canvas dialog frameset head link map meta noembed noframes param slot template title',
    ).map((name) => [name, 'articles do not show it']),
  ),
  style: 'articles are shown in the style of the site',
  svg: 'drawings are no part of the text: use a picture of the media folder',
};
const groups = words('table thead tbody tfoot');
/** Where these belong: elsewhere, browsers drop them or run their text together. */
export const homes: Record<string, string[]> = {
  ...{
    li: ['ul', 'ol'],
    dt: ['dl', 'div'],
    dd: ['dl', 'div'],
    figcaption: ['figure'],
    summary: ['details'],
    rt: ['ruby'],
  },
  ...{
    rp: ['ruby'],
    tr: groups,
    td: ['tr', ...groups],
    th: ['tr', ...groups],
    thead: ['table'],
    tbody: ['table'],
    tfoot: ['table'],
  },
  ...{ caption: ['table'], colgroup: ['table'], col: ['colgroup', 'table'], source: ['picture'] },
};
/** Left out with what was left out of them, when nothing else is in them. */
export const frames = new Set(words('a div dl em figure li ol p picture section span strong ul'));
