import { expect, test } from 'vitest';
import { renderBody } from '../../functions/article/render-body.ts';

const place = { baseUrl: 'https://news.example.com', slug: 'a-slug' };
const html = (html: string) => renderBody({ html }, place).html;

test.each([
  ['https://www.youtube.com/embed/abc-123?start=42', 'https://www.youtube.com/watch?v=abc-123&t=42s'],
  ['https://www.youtube-nocookie.com/embed/abc_1', 'https://www.youtube.com/watch?v=abc_1'],
  ['//www.youtube.com/embed/videoseries?list=PL1', 'https://www.youtube.com/playlist?list=PL1'],
  ['https://player.vimeo.com/video/123?h=abc', 'https://vimeo.com/123/abc'],
  ['https://open.spotify.com/embed/episode/1a?utm_source=x', 'https://open.spotify.com/episode/1a'],
  [
    'https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/a/b&amp;color=red',
    'https://soundcloud.com/a/b',
  ],
  ['https://embed.podcasts.apple.com/us/podcast/a/id1', 'https://podcasts.apple.com/us/podcast/a/id1'],
  ['https://platform.twitter.com/embed/Tweet.html?id=12', 'https://x.com/i/status/12'],
  ['https://www.instagram.com/p/Ab-1/embed/captioned/', 'https://www.instagram.com/p/Ab-1/'],
  ['https://www.tiktok.com/embed/v2/71', 'https://www.tiktok.com/@/video/71'],
  [
    'https://embed.bsky.app/embed/did:plc:abc/app.bsky.feed.post/3k',
    'https://bsky.app/profile/did:plc:abc/post/3k',
  ],
  ['https://social.example/@port/113/embed', 'https://social.example/@port/113'],
  ['https://tube.example/videos/embed/1-2', 'https://tube.example/videos/watch/1-2'],
  [
    'https://www.facebook.com/plugins/video.php?href=https%3A%2F%2Fwww.facebook.com%2Fa%2Fvideos%2F1',
    'https://www.facebook.com/a/videos/1',
  ],
  ['https://www.dailymotion.com/embed/video/x1', 'https://www.dailymotion.com/video/x1'],
  ['https://player.bilibili.com/player.html?bvid=BV1x', 'https://www.bilibili.com/video/BV1x'],
  ['https://archive.org/embed/film', 'https://archive.org/details/film'],
  ['https://video.example/embed/1', 'https://video.example/embed/1'],
])('the player %s becomes a link to the page that people watch', (src, page) => {
  const link = `<a href="${page.replaceAll('&', '&amp;')}">Film</a>`;

  expect(html(`<iframe src="${src}" title="Film">fallback</iframe>`)).toBe(`<p>${link}</p>`);
  expect(html(`<p>See <iframe data-src="${src}" src="about:blank" title="Film"></iframe></p>`)).toBe(
    `<p>See ${link}</p>`,
  );
  expect(html(`<figure><embed src="${src}" title="Film"><figcaption>a</figcaption></figure>`)).toBe(
    `<figure><p>${link}</p><figcaption>a</figcaption></figure>`,
  );
});

test('a player whose page names no title, and one that is hidden', () => {
  expect(html('<iframe src="https://www.youtube.com/embed/a"></iframe>')).toBe(
    '<p><a href="https://www.youtube.com/watch?v=a">youtube.com/watch?v=a</a></p>',
  );
  expect(html('<iframe src="https://x.example/ns.html" height="0" width="0"></iframe>a')).toBe('a');
  expect(html('<script src="https://gist.github.com/a/1f.js"></script>')).toBe(
    '<p><a href="https://gist.github.com/a/1f">gist.github.com/a/1f</a></p>',
  );
});

const film = '<p><a href="https://www.youtube.com/watch?v=abc">F</a></p>';

test.each([
  '<amp-youtube data-videoid="abc" title="F"></amp-youtube>',
  '<lite-youtube videoid="abc" title="F"></lite-youtube>',
  '<Youtube video-id="abc" title="F" />',
  '<oembed url="https://www.youtube.com/embed/abc" title="F"></oembed>',
  '<div data-oembed-url="https://www.youtube.com/embed/abc" title="F"></div>',
  '<div class="fb-video" data-href="https://www.youtube.com/embed/abc" title="F"></div>',
  '<object title="F"><param name="movie" value="https://www.youtube.com/v/abc"></object>',
  '<object title="F"><embed src="https://www.youtube.com/v/abc">no</object>',
])('what a script or an old browser would have made a player of is a link: %s', (written) => {
  expect(html(written)).toBe(film);
  expect(renderBody({ html: written }, place).removed).toHaveLength(1);
});

test.each([
  ['<p>https://youtu.be/a</p>', '<p><a href="https://youtu.be/a">https://youtu.be/a</a></p>'],
  [
    '<figure><div>\nhttps://vimeo.com/1?a&amp;b\n</div></figure>',
    '<figure><div><a href="https://vimeo.com/1?a&amp;b">https://vimeo.com/1?a&amp;b</a></div></figure>',
  ],
  ['<p>See https://youtu.be/a</p>', '<p>See https://youtu.be/a</p>'],
])('an address alone in its paragraph is a link: %s', (written, kept) => {
  expect(html(written)).toBe(kept);
});

test.each([
  ['<audio src="https://a.example/a.mp3"></audio>', '<audio src="https://a.example/a.mp3" controls></audio>'],
  ['<audio autoplay src="/a.mp3">fallback</audio>', '<audio src="/a.mp3" controls></audio>'],
  [
    '<video autoplay muted><source src="/a.webm" type="video/webm"><track src="/a.vtt" kind="captions" srclang="en" label="E" default>no</video>',
    '<video muted controls><source src="/a.webm" type="video/webm" /><track src="/a.vtt" kind="captions" srclang="en" label="E" default /></video>',
  ],
])('a film and a sound have controls, never start by themselves: %s', (written, kept) => {
  expect(html(written)).toBe(kept);
});
