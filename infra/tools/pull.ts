import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { stringify } from 'yaml';
import { decodeFile, parseArticleFile, readFrontMatter } from '../../functions/article/article-file.ts';
import { InvalidFileError } from '../../functions/article/fault.ts';
import { requireAccess } from './api/access.ts';
import { RetryingClient } from './api/retrying-client.ts';
import { type Command, CommandError } from './command.ts';
import { ask, oneSlug } from './versions.ts';

export const pull: Command = {
  help: `  --to URL    the site's write API, as for publish

Writes the article as the site has it into its content file, in CONTENT_DIR or content, in place of what stands there.
It is the way out when a file has changed and its article was edited through the API: pull, then change the file again.
A body that was put as HTML or plain text stays so: the file says format: html, or format: text.`,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { to: { type: 'string' } },
    });
    const slug = oneSlug(positionals);
    const api = new RetryingClient(requireAccess(values.to, terminal.env));
    const { status, article } = JSON.parse((await ask(api, slug, 'GET', '')).text);
    if (status === 'gone')
      throw new CommandError(
        `${slug} is removed, so there is no text to write: remove its file, or bring it back with newswire -- restore ${slug}`,
      );
    const folder = join(terminal.env.CONTENT_DIR || 'content', 'articles');
    const file = join(folder, `${slug}.md`);
    const text = contentFileOf({ ...article, views: await readViews(file) });
    try {
      parseArticleFile(slug, Buffer.from(text));
    } catch (cause) {
      if (!(cause instanceof InvalidFileError)) throw cause;
      throw new CommandError(`${slug} cannot be written as a content file: ${cause.message}`, { cause });
    }
    await mkdir(folder, { recursive: true });
    await writeFile(file, text);
    terminal.print(`pulled  ${file}`);
    return 0;
  },
};

const forms = ['markdown', 'html', 'text'] as const;

/** A content file that says what this body of a write request says. */
export function contentFileOf(article: Record<string, unknown>): string {
  const { markdown: _, html: __, text: ___, title, publishedAt, ...rest } = article;
  const form = forms.find((name) => typeof article[name] === 'string') ?? 'markdown';
  const body = String(article[form] ?? '');
  const said = Object.entries({ title, publishedAt, ...rest }).filter(([, value]) => !isEmpty(value));
  const fields = Object.fromEntries([...said, ...(form === 'markdown' ? [] : [['format', form]])]);
  const front = `---\n${stringify(fields, { lineWidth: 0 })}---\n`;
  // White space around HTML would be part of it.
  if (form === 'html') return front + body;
  return `${front}${body.startsWith('\n') ? '' : '\n'}${body}${body.endsWith('\n') ? '' : '\n'}`;
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === false || (Array.isArray(value) && value.length === 0);
}

/** The count that the former file carried over from elsewhere, which no article shows. */
async function readViews(file: string): Promise<unknown> {
  try {
    return readFrontMatter(decodeFile(await readFile(file))).fields.views;
  } catch (error) {
    if (error instanceof InvalidFileError || (error as NodeJS.ErrnoException).code === 'ENOENT')
      return undefined;
    throw error;
  }
}
