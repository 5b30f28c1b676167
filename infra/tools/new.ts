import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseArticleInput } from '../../functions/article/article-input.ts';
import { dayOf, zonedTime } from '../../functions/article/calendar.ts';
import { InvalidArticleError } from '../../functions/article/fault.ts';
import { numbered, slugOfTitle } from '../../functions/article/slug-of-title.ts';
import { readSite } from '../prepared-content.ts';
import { type Command, CommandError, UsageError } from './command.ts';

export const newArticle: Command = {
  help: `The file has the time of now, in the zone of site.yaml, and is a draft until the line that says so is removed.
CONTENT_DIR names another folder than content.`,
  async run(args, terminal) {
    const { positionals } = parseArgs({ args, allowPositionals: true });
    const [title] = positionals;
    if (title === undefined || positionals.length > 1)
      throw new UsageError('Name one title, in quotes: npm run newswire -- new "Harbour opens at night"');
    const contentDir = terminal.env.CONTENT_DIR || 'content';
    const { timeZone } = await readSite(join(contentDir, 'site.yaml'));
    const now = `${new Date().toISOString().slice(0, 'yyyy-mm-ddThh:mm'.length)}:00.000Z`;
    requireTitle(title);
    const folder = join(contentDir, 'articles');
    mkdirSync(folder, { recursive: true });
    const file = write(
      folder,
      slugOfTitle(title, dayOf(now, timeZone)),
      textOf(title, zonedTime(now, timeZone)),
    );
    terminal.print(`${file} is a draft: write its text, then remove the line "draft: true"`);
    return 0;
  },
};

/** Throws CommandError with what is wrong with it. */
function requireTitle(title: string): void {
  try {
    parseArticleInput(undefined, { title, text: 'Text', draft: true });
  } catch (error) {
    if (!(error instanceof InvalidArticleError)) throw error;
    throw new CommandError(error.faults.map(({ message }) => `The title ${message}`).join('\n'));
  }
}

function textOf(title: string, time: string): string {
  return `---
title: ${JSON.stringify(title)}
publishedAt: ${time}
draft: true
# summary: What it says in a sentence or two
# category: Trade
# tags: [port, ferry]
# source: { name: Harbour Desk, url: https://harbour-desk.example/ }
# image: { url: ../media/harbour.jpg, alt: What it shows }
---

The text begins here.
`;
}

/** Never over a file that is there. */
function write(folder: string, slug: string, text: string): string {
  for (let number = 1; ; number += 1) {
    const file = join(folder, `${numbered(slug, number)}.md`);
    try {
      writeFileSync(file, text, { flag: 'wx' });
      return file;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}
