import { aboutPath, archivePath, feedsPath, opmlPath, streamPath } from '../article/addresses.ts';
import { partsOf } from '../article/footer-line.ts';
import type { Site } from '../article/site.ts';
import type { SiteContext } from '../article/site-context.ts';
import { newsStream } from '../article/stream-name.ts';
import { logoOf } from './images.tsx';
import { languageOf, messagesOf } from './messages.ts';

/** The site's name, which is the front page's h1, and the navigation. */
export function Masthead({ path, context }: { path: string | undefined; context: SiteContext }) {
  const { site } = context;
  const { texts, textLang } = messagesOf(site);
  const isFront = path === '/';
  const links = site.navigation.length > 0 ? site.navigation : ownPages(context);
  return (
    <header class={isFront ? 'site front' : 'site'} {...languageOf({}, context)}>
      {isFront ? (
        <h1 class="name">
          <SiteName context={context} />
        </h1>
      ) : (
        <p class="name">
          <a href="/">
            <SiteName context={context} />
          </a>
        </p>
      )}
      {isFront && <p class="about">{site.description}</p>}
      <nav aria-label={texts.siteNavigation} {...textLang}>
        <ul {...(site.navigation.length > 0 && languageOf({}, context))}>
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

/** The address block, the owner's lines and the site's own pages. */
export function Footer({ context }: { context: SiteContext }) {
  const { site } = context;
  const { textLang } = messagesOf(site);
  return (
    <footer class="site" {...languageOf({}, context)}>
      {site.address[0] !== site.title && <p class="name">{site.title}</p>}
      <div>
        <AddressBlock site={site} />
        {site.footer.map((line) => (
          <p>
            <bdi>{partsOf(line).map(({ text, url }) => (url ? <a href={url}>{text}</a> : text))}</bdi>
          </p>
        ))}
      </div>
      <ul {...textLang}>
        {ownPages(context).map(({ label, url }) => (
          <li>
            <a href={url}>{label}</a>
          </li>
        ))}
        <li>
          <a href={opmlPath}>OPML</a>
        </li>
      </ul>
    </footer>
  );
}

/** One line each, also without styles; <bdi> keeps the digits of a phone number in order on right-to-left pages. */
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

// Close to https://html.spec.whatwg.org/#valid-e-mail-address
function isMail(line: string): boolean {
  return /^[\w.+-]+@[\w-]+(\.[\w-]+)+$/.test(line);
}

function SiteName({ context }: { context: SiteContext }) {
  const { site } = context;
  const logo = logoOf(context);
  return (
    <>
      {logo && (
        // The site's name follows as text.
        <img class="logo" src={logo.path} alt="" width={logo.width} height={logo.height} />
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
