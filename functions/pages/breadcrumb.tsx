import type { SiteContext } from '../article/site-context.ts';
import { messagesOf } from './messages.ts';

/** The pages that lead to one, itself the last. */
export type Trail = { name: string; path: string; language?: { lang: string; dir: string } }[];

export function Breadcrumb({ trail, context }: { trail: Trail; context: SiteContext }) {
  const { texts, marks } = messagesOf(context.site);
  return (
    <nav class="breadcrumb" aria-label={texts.breadcrumb} {...marks}>
      <ol>
        {trail.slice(0, -1).map(({ name, path }) => (
          <li>
            <a href={path}>{name}</a>
          </li>
        ))}
        {trail.slice(-1).map(({ name, language }) => (
          <li aria-current="page" {...language}>
            {name}
          </li>
        ))}
      </ol>
    </nav>
  );
}
