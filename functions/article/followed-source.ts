import * as z from 'zod';
import { label } from './fields.ts';
import { textLine } from './text.ts';

const words = z.array(textLine(60), 'must be a list of labels or words').default([]);

/** How the feed of a source is followed. `every` is in minutes, `most` in articles a day. */
export const followSettings = z.strictObject({
  publish: z.enum(['at-once', 'drafts'], 'must be at-once or drafts'),
  show: z.enum(['full', 'summary'], 'must be full or summary').default('full'),
  /** Pictures that only count readers. */
  pixels: z.enum(['keep', 'drop'], 'must be keep or drop').default('drop'),
  /** Stored here, or shown from where they are. */
  pictures: z.enum(['copy', 'link'], 'must be copy or link').default('link'),
  every: wholeNumber(5, 1440).default(30),
  most: wholeNumber(1, 500).default(20),
  category: label.optional(),
  tags: z.array(label, 'must be a list').default([]),
  /** What its feed says is deleted is removed here, unless it was edited here. */
  withdraw: z.boolean('must be true or false').default(false),
  /** Only what has one of these is taken. */
  include: words,
  exclude: words,
});

function wholeNumber(least: number, most: number) {
  const message = `must be a whole number from ${least} to ${most}`;
  return z.int(message).min(least, message).max(most, message);
}

export type FollowSettings = z.output<typeof followSettings>;
