import { text } from './field-values.ts';
import type { Links } from './links.ts';
import { type MarkdownSystem, type Page, pathOfHome } from './system.ts';

/** A text on its way into Markdown that no system needs to be known for. */
export interface Writing {
  page: Page;
  system: MarkdownSystem;
  links: Links;
  isHtml: boolean;
  note(line: string): void;
}

/** What a template asks for by a name such as page.title; undefined where that is no text. */
export function namedValue(name: string, { page, system }: Writing): string | undefined {
  const [scope = '', ...rest] = name.split('.');
  const field = (path: string[], from: unknown): unknown =>
    path.reduce<unknown>((value, step) => Object(value)[step], from);
  const normal = rest.join('').toLowerCase().replace(/[-_]/g, '');
  if (['page', 'frontmatter', 'include'].includes(scope) && rest.length > 0) return text(page.fields[normal]);
  if (scope === 'site' && rest.length > 0)
    return (
      text(field(rest, system.settings)) ??
      text(field(rest, system.settings.site)) ??
      (normal === 'baseurl' ? pathOfHome(system.home) : normal === 'url' ? '' : undefined)
    );
  if (rest.length > 0) return text(field(rest, system.settings[scope]));
  return text(page.fields[scope.toLowerCase().replace(/[-_]/g, '')]);
}
