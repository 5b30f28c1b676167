import { basename } from 'node:path/posix';
import { text, texts } from './field-values.ts';
import type { MarkdownSystem } from './system.ts';

/** Files that no system is known of: their addresses are what they tell themselves. */
export function plainFiles(): MarkdownSystem {
  return {
    name: 'Markdown files',
    contentFolders: ['.'],
    publicFolders: ['.'],
    settings: {},
    labelSeparator: /,/,
    isSkipped: (path) => /(?:^|\/)node_modules$/.test(path),
    placeOf: ({ inside, fields }) => ({
      kind: 'article',
      addresses: texts([fields.permalink, fields.url, fields.aliases, fields.redirectfrom].flat()).filter(
        (path) => /^(?:\/|https?:)/.test(path),
      ),
      slug: text(fields.slug) ?? basename(inside).replace(/\.[^.]*$/, ''),
    }),
    labelPaths: () => [],
    listPaths: () => [],
    constructs: 'wiki',
  };
}
