import type { HtmlElement } from './left-out.ts';

// What players show, and the page where people watch or read the same. Matched against host and path, `www.` taken off.
const pages: [RegExp, (match: string[], query: URLSearchParams) => string | null | undefined][] = [
  [/^(?:m\.|music\.)?youtube(?:-nocookie)?\.com\/embed\/videoseries/, (_, query) => listOf(query)],
  [
    /^(?:m\.|music\.)?youtube(?:-nocookie)?\.com\/(?:embed|v|e|shorts|live)\/([\w-]+)/,
    ([, id], query) => `https://www.youtube.com/watch?v=${id}${startOf(query)}`,
  ],
  [
    /^player\.vimeo\.com\/video\/(\d+)/,
    ([, id], query) => ['https://vimeo.com', id, query.get('h')].filter(Boolean).join('/'),
  ],
  [/^dailymotion\.com\/embed\/video\/(\w+)/, ([, id]) => `https://www.dailymotion.com/video/${id}`],
  [
    /^geo\.dailymotion\.com\/player/,
    (_, query) => under('https://www.dailymotion.com/video/', query.get('video')),
  ],
  [/^player\.twitch\.tv\//, (_, query) => twitchOf(query)],
  [/^clips\.twitch\.tv\/embed/, (_, query) => under('https://clips.twitch.tv/', query.get('clip'))],
  [
    /^(?:player|www)?\.?bilibili\.com\/(?:blackboard\/html5mobile)?player\.html/,
    (_, query) => bilibiliOf(query),
  ],
  [/^player\.youku\.com\/embed\/([\w=]+)/, ([, id]) => `https://v.youku.com/v_show/id_${id}.html`],
  [/^v\.qq\.com\/.*player\.html/, (_, query) => under('https://v.qq.com/x/page/', query.get('vid'), '.html')],
  [/^embed\.ted\.com\/(.+)/, ([, path]) => `https://www.ted.com/${path}`],
  [/^loom\.com\/embed\/(\w+)/, ([, id]) => `https://www.loom.com/share/${id}`],
  [/^streamable\.com\/[eo]\/(\w+)/, ([, id]) => `https://streamable.com/${id}`],
  [/^archive\.org\/embed\/([^/]+)/, ([, id]) => `https://archive.org/details/${id}`],
  [/^open\.spotify\.com\/embed(?:-podcast)?\/(\w+\/\w+)/, ([, path]) => `https://open.spotify.com/${path}`],
  [/^w\.soundcloud\.com\/player/, (_, query) => query.get('url')],
  [/^embed\.((?:podcasts|music)\.apple\.com\/.+)/, ([, path]) => `https://${path}`],
  [
    /^(?:player-widget\.)?mixcloud\.com\/widget\/iframe/,
    (_, query) => under('https://www.mixcloud.com', query.get('feed')),
  ],
  [/^widget\.deezer\.com\/widget\/\w+\/(\w+\/\d+)/, ([, path]) => `https://www.deezer.com/${path}`],
  [
    /^platform\.(?:twitter|x)\.com\/embed\/Tweet\.html/i,
    (_, query) => under('https://x.com/i/status/', query.get('id')),
  ],
  [
    /^instagram\.com\/((?:[\w.]+\/)?(?:p|reel|tv)\/[\w-]+)\/embed/,
    ([, path]) => `https://www.instagram.com/${path}/`,
  ],
  [
    /^tiktok\.com\/(?:embed(?:\/v\d)?|player\/v\d)\/(\d+)/,
    ([, id]) => `https://www.tiktok.com/@/video/${id}`,
  ],
  [
    /^embed\.bsky\.app\/embed\/([^/]+)\/app\.bsky\.feed\.post\/(\w+)/,
    ([, author, id]) => `https://bsky.app/profile/${author}/post/${id}`,
  ],
  [/^facebook\.com\/(?:v[\d.]+\/)?plugins\/\w+\.php/, (_, query) => query.get('href')],
  [/^linkedin\.com\/embed\/(feed\/update\/[^/?]+)/, ([, path]) => `https://www.linkedin.com/${path}`],
  [/^(?:embed\.reddit|redditmedia)\.com\/(r\/.+)/, ([, path]) => `https://www.reddit.com/${path}`],
  [
    /^assets\.pinterest\.com\/ext\/embed\.html/,
    (_, query) => under('https://www.pinterest.com/pin/', query.get('id'), '/'),
  ],
  [/^t\.me\/(\w+\/\d+)/, ([, path]) => `https://t.me/${path}`],
  [/^giphy\.com\/embed\/(\w+)/, ([, id]) => `https://giphy.com/gifs/${id}`],
  [
    /^codepen\.io\/([\w-]+)\/embed\/(?:preview\/)?(\w+)/,
    ([, author, id]) => `https://codepen.io/${author}/pen/${id}`,
  ],
  [/^gist\.github\.com\/([\w-]+\/\w+)\.(?:js|pibb)/, ([, path]) => `https://gist.github.com/${path}`],
  // PeerTube, Mastodon and their like, on any host.
  [/^([^/]+)\/videos\/embed\/([\w-]+)/, ([, host, id]) => `https://${host}/videos/watch/${id}`],
  [/^([^/]+\/(?:@[^/]+|users\/[^/]+\/statuses)(?:\/post)?\/\w+)\/embed/, ([, path]) => `https://${path}`],
];

/** The page that people open for what a player at this absolute address shows; the address itself if that is not known. */
export function pageOfEmbed(address: string): string {
  const { hostname, pathname, searchParams } = new URL(address);
  const place = hostname.replace(/^www\./, '') + pathname;
  for (const [pattern, pageOf] of pages) {
    const match = pattern.exec(place);
    const page = match && pageOf([...match], searchParams);
    if (page && URL.canParse(page) && /^https?:/.test(page)) return page;
  }
  return address;
}

const players: Record<string, string> = {
  youtube: 'https://www.youtube.com/embed/',
  vimeo: 'https://player.vimeo.com/video/',
  dailymotion: 'https://www.dailymotion.com/embed/video/',
};

/** Of an element that a script or a component makes a player of, such as amp-youtube. */
export function addressOfPlayer({ name, attribs }: HtmlElement): string | undefined {
  const [, service = ''] = /^(?:[a-z]+-)?(youtube|vimeo|dailymotion)$/.exec(name) ?? [];
  const player = players[service];
  const id = attribs['data-videoid'] ?? attribs.videoid ?? attribs['video-id'] ?? attribs.id;
  return player && id && /^[\w-]+$/.test(id) ? player + id : undefined;
}

function under(base: string, name: string | null, end = ''): string | undefined {
  return name ? base + encodeURI(name) + end : undefined;
}

function listOf(query: URLSearchParams): string | undefined {
  return under('https://www.youtube.com/playlist?list=', query.get('list'));
}

function startOf(query: URLSearchParams): string {
  const seconds = query.get('start') ?? '';
  return /^\d+$/.test(seconds) ? `&t=${seconds}s` : '';
}

function twitchOf(query: URLSearchParams): string | undefined {
  const video = query.get('video')?.replace(/^v/, '') ?? null;
  return (
    under('https://www.twitch.tv/videos/', video) ?? under('https://www.twitch.tv/', query.get('channel'))
  );
}

function bilibiliOf(query: URLSearchParams): string | undefined {
  const id = query.get('bvid') ?? (query.get('aid') && `av${query.get('aid')}`);
  return under('https://www.bilibili.com/video/', id ?? null);
}
