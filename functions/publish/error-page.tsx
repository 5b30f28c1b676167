import { renderPage } from './layout.tsx';
import type { SiteContext } from './site-context.ts';

/** What went wrong, in a reader's words, with a way on. */
export function renderErrorPage(title: string, detail: string, context: SiteContext): string {
  return renderPage(
    { title },
    <>
      <h1>{title}</h1>
      <p>{detail}</p>
      <p>
        <a href="/news">See the latest news</a>
      </p>
    </>,
    context,
  );
}
