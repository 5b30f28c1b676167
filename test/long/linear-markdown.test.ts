import { expect, test } from 'vitest';
import { writeBody } from '../../infra/tools/import/markdown/body.ts';
import { Links } from '../../infra/tools/import/markdown/links.ts';
import { openProject } from '../../infra/tools/import/markdown/open-project.ts';
import { readPage } from '../../infra/tools/import/markdown/read-page.ts';
import { expectLinear } from '../support/growth/measure.ts';
import { writeProject } from '../support/markdown-project.ts';

/** What begins something in one system or another. */
const pieces = [
  ...[
    '`',
    '``a',
    '` `` ',
    '```\n',
    '~~~\n',
    '\n\n    a',
    '- a\n\n    b\n',
    '> > ',
    '\n',
    ' ',
    '{.a ',
    '{.a b=c ',
  ],
  ...['{{<', '{{< a >}}', '{{% highlight %}}', '{{< figure src="', '{{< ref "b" >}}', '{{', '{{ a | '],
  ...['{%', '{% highlight a %}', '{% raw %}', '{#', '{:', '{::a', 'a\n{: ', '* TOC\n{:toc}\n'],
  ...['[', '![', '](', '[a](', '](a(', '](<', '[a]:', '[[', '![[', '<!--', '<!-- more '],
  ...['<a', '<A ', '<A b={', '<A "', '{', '{"', "'", '"', ' src="', ' src= ', ' srcset="'],
  ...['import a from ', 'export const a\n', "import a from 'b'\n"],
];

test.each([
  ['Hugo', 'hugo.toml', 'content/posts/a.md'],
  ['Jekyll', '_config.yml', '_posts/2020-01-01-a.md'],
  ['Astro', 'astro.config.mjs', 'src/content/blog/a.mdx'],
  ['Markdown files', 'b.md', 'a.md'],
])('a text of %s is read in time that grows with its length', async (name, settings, path) => {
  const { files, system } = openProject(writeProject({ [settings]: '', [path]: '' }));
  const links = new Links(files, system);
  const read = (text: string) => {
    const page = readPage({ path, inside: path, written: `---\ntitle: A\n---\n${text}` }, system);
    writeBody({ page, system, links, isHtml: false, note: () => {} }, '/a/');
  };

  expect(system.name).toBe(name);
  for (const piece of pieces)
    await expectLinear(read, (length) => piece.repeat(Math.ceil(length / piece.length)), 200_000);
});
