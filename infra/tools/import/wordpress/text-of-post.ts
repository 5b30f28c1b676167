import { ChangeNotes } from '../change-notes.ts';
import { hasBlocks, writeBlocks } from './blocks.ts';
import { inParagraphs } from './paragraphs.ts';
import { withFullPictures } from './pictures-in-text.ts';
import { writeShortcodes } from './shortcodes.ts';
import { isKnownShortcode, type Writing, writeShortcode } from './write-shortcode.ts';

export interface PostText {
  html: string;
  /** How many pages it was shown on. */
  pages: number;
  notes: string[];
}

// Characters that no text may hold, spelled as references.
const forbidden = /&#(?:x0*(?:[0-8bcef]|1[0-9a-f])|0*(?:[0-8]|1[124-9]|2\d|3[01]));/gi;

/** The text of a post as plain HTML. `footnotes` is what WordPress keeps beside it, as JSON. */
export function textOfPost(
  content: string,
  { id, facts, footnotes }: { id: string; facts: Writing['facts']; footnotes?: string | undefined },
): PostText {
  const writing: Writing = { facts, id, notes: new ChangeNotes() };
  const prepare = (text: string) =>
    writeShortcodes(
      text.replace(/<!--(?:more[^<>]*|noteaser|nextpage)-->/g, '\n\n'),
      isKnownShortcode,
      (code) => writeShortcode(code, writing),
    );
  const text = content.replace(/\r\n?/g, '\n').replace(forbidden, '');
  const prepared = prepare(text);
  const html = hasBlocks(prepared)
    ? writeBlocks(prepared, { ...writing, footnotes: notesOf(footnotes), shared: { length: 0 }, prepare })
    : inParagraphs(prepared);
  const tidy = html
    .replace(/<sup data-fn="[^"]*" class="fn">/g, '<sup class="footnote-ref">')
    // Where a shortcode stood alone. What stands before and after goes on apart.
    .replace(/<p(?: (?:class|style)="[^"]*")*>\s*<\/p>/g, '\n');
  return {
    html: withFullPictures(tidy, facts),
    pages: text.split('<!--nextpage-->').length,
    notes: writing.notes.lines(),
  };
}

function notesOf(footnotes: string | undefined): Map<string, string> {
  try {
    const notes = JSON.parse(footnotes ?? '[]') as { id?: unknown; content?: unknown }[];
    return new Map(notes.map(({ id, content }) => [String(id), String(content ?? '')]));
  } catch {
    return new Map();
  }
}
