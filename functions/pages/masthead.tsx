import { aboutPath, archivePath, feedsPath, streamPath } from '../article/addresses.ts';
import type { Site } from '../article/site.ts';
import { mediaPath, type SiteContext } from '../article/site-context.ts';
import { newsStream } from '../article/stream-name.ts';
import { direction } from './direction.ts';
import { messagesOf } from './messages.ts';
import { logoOf } from './site-image.ts';

/** The site's name and the ways into it; on the front page the name is the headline. */
export function Masthead({ path, context }: { path: string | undefined; context: SiteContext }) {
  const { site } = context;
  const { texts, marks } = messagesOf(site);
  const isFront = path === '/';
  const links = site.navigation.length > 0 ? site.navigation : ownPages(context);
  return (
    <header class={isFront ? 'site front' : 'site'} lang={site.language} dir={direction(site.language)}>
      {isFront ? (
        <h1 class="name">
          <Name context={context} />
        </h1>
      ) : (
        <p class="name">
          <a href="/">
            <Name context={context} />
          </a>
        </p>
      )}
      {isFront && <p class="about">{site.description}</p>}
      <nav aria-label={texts.siteNavigation} {...marks}>
        <ul {...(site.navigation.length > 0 && { lang: site.language, dir: direction(site.language) })}>
          {links.map(({ label, url }) => (
            <li>
              <a href={url} aria-current={url === path ? 'page' : undefined}>
                {label}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </header>
  );
}

/** The address block, and what stands below every page. */
export function Footer({ context }: { context: SiteContext }) {
  const { site } = context;
  const { marks } = messagesOf(site);
  return (
    <footer class="site" lang={site.language} dir={direction(site.language)}>
      {site.address[0] !== site.title && <p class="name">{site.title}</p>}
      <div>
        <AddressBlock site={site} />
        {site.footer.map((line) => (
          <p>
            <bdi>{line}</bdi>
          </p>
        ))}
      </div>
      <ul {...marks}>
        {ownPages(context).map(({ label, url }) => (
          <li>
            <a href={url}>{label}</a>
          </li>
        ))}
        <li>
          <a href="/opml.xml">OPML</a>
        </li>
      </ul>
    </footer>
  );
}

/** A line each, in text without styles too; a line of another direction keeps its numbers in order. */
export function AddressBlock({ site, class: className }: { site: Site; class?: string }) {
  if (site.address.length === 0) return null;
  return (
    <address class={className}>
      {site.address.map((line) => (
        <span>
          <bdi>{isMail(line) ? <a href={`mailto:${line}`}>{line}</a> : line}</bdi>
          {'\n'}
        </span>
      ))}
    </address>
  );
}

// As HTML's own e-mail fields judge it, https://html.spec.whatwg.org/#valid-e-mail-address, near enough.
function isMail(line: string): boolean {
  return /^[\w.+-]+@[\w-]+(\.[\w-]+)+$/.test(line);
}

function Name({ context }: { context: SiteContext }) {
  const { site } = context;
  const logo = logoOf(context);
  return (
    <>
      {logo && (
        // The name stands beside it.
        <img
          class="logo"
          src={mediaPath(`/media/${site.logo}`, context)}
          alt=""
          width={logo.width}
          height={logo.height}
        />
      )}
      {site.title}
    </>
  );
}

function ownPages({ site }: SiteContext) {
  const { texts } = messagesOf(site);
  return [
    { label: texts.news, url: streamPath(newsStream) },
    { label: texts.archive, url: archivePath(newsStream) },
    { label: texts.feeds, url: feedsPath },
    { label: texts.about, url: aboutPath },
  ];
}
