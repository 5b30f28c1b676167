import * as z from 'zod';
import { faultsOf, InvalidFileError } from './fault.ts';
import { canonicalLanguage, httpUrl, refuseNamesakes, toUri } from './fields.ts';
import { followSettings } from './followed-source.ts';
import { partsOf } from './footer-line.ts';
import { siteMessages } from './messages/site-messages.ts';
import type { Redirect } from './old-path.ts';
import { link, redirects } from './redirect.ts';
import { findRobotsFaults } from './robots.ts';
import { textLine } from './text.ts';
import { parseYaml } from './yaml.ts';

const url = httpUrl.transform(toUri);

// Unquoted, # starts a YAML comment.
const colour = 'must be a colour in quotes such as "#9c2b1f"';

/** As site.yaml has them: each old path with its target behind it. Faults are named by the old path. */
const redirectTable = z
  .record(z.string(), z.unknown(), 'must be a list of old paths, each with its new address behind a colon')
  .transform((table, context): Redirect[] => {
    const written = Object.entries(table).map(([from, to]) => ({ from, to }));
    const read = redirects.safeParse(written);
    if (read.success) return read.data;
    for (const { path, message } of read.error.issues)
      context.addIssue({ code: 'custom', path: [written[Number(path[0])]?.from ?? ''], message });
    return z.NEVER;
  });

const mailAddress = /^mailto:[^\s@?&]+@[\w.-]+$/;

const footerLine = textLine(500).superRefine((line, context) => {
  for (const { url } of partsOf(line)) {
    const [fault] =
      url === undefined || mailAddress.test(url) ? [] : (link.safeParse(url).error?.issues ?? []);
    if (fault) context.addIssue({ code: 'custom', message: `links to ${url}, which ${fault.message}` });
  }
});

const siteSettings = z.strictObject({
  title: textLine(100),
  description: textLine(300),
  authority: z
    .string('must be a domain name of yours, such as news.example.com')
    .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'must be a domain name of yours, such as news.example.com'),
  language: z
    .string('must be a language tag such as en')
    .refine((tag) => canonicalLanguage(tag) !== undefined, 'must be a language tag such as en'),
  timeZone: z
    .string('must be a time zone such as Asia/Shanghai')
    .refine(isTimeZone, 'must be a time zone such as Asia/Shanghai'),
  /** Whether articles may have dates without a zone, read in the site's. */
  datesWithoutZone: z
    .literal('site', 'must be site, for dates in the time zone above, or absent: such dates are refused then')
    .optional(),
  /** Of Markdown: those of the article's language, or as they are written. */
  quotes: z
    .enum(['typographic', 'straight'], 'must be straight, or absent: quotation marks become typographic then')
    .optional(),
  address: z.array(textLine(200), 'must be a list of lines').default([]),
  sources: z
    .array(
      z
        .strictObject({
          name: textLine(60),
          url: url.optional(),
          /** Its own RSS or Atom feed. */
          feed: url.optional(),
          /** Its feed's items become articles. */
          follow: followSettings.optional(),
          credit: textLine(300).optional(),
          /** Search engines are led to where its articles were first published. */
          canonical: z.literal('original', 'must be original, or absent').optional(),
        })
        .refine(({ feed, follow }) => !follow || feed, {
          path: ['feed'],
          message: 'must be the address of the feed that is followed',
          // Told together with the other faults of the source.
          when: ({ value }) => value instanceof Object,
        }),
      'must be a list',
    )
    .superRefine((sources, context) =>
      refuseNamesakes(
        sources.map(({ name }) => name),
        context,
        ['name'],
      ),
    )
    .default([]),
  hubs: z
    .array(url, 'must be a list')
    .default([])
    // Feeds must not name a hub twice.
    .transform((hubs) => [...new Set(hubs)]),
  /** A file of content/media. */
  logo: z.string('must be the name of a file in the media folder').optional(),
  accent: z
    .string(colour)
    .regex(/^#[0-9a-f]{6}$/i, colour)
    .optional(),
  /** In the masthead; by default the site's own pages. */
  navigation: z.array(z.strictObject({ label: textLine(40), url: link }), 'must be a list').default([]),
  /** Where addresses of the site that was here before lead. */
  redirects: redirectTable.default([]),
  /** Lines below every page. */
  footer: z.array(footerLine, 'must be a list of lines').default([]),
  /** Groups of rules for robots.txt. */
  robots: z
    .string('must be lines of a robots.txt')
    .superRefine((text, context) => {
      for (const fault of findRobotsFaults(text)) context.addIssue(fault);
    })
    .optional(),
  /** Whether the crawlers that gather texts for language models, as far as they name themselves, are told to stay away. */
  crawlers: z.strictObject({ ai: z.enum(['refuse', 'allow'], 'must be refuse or allow') }).optional(),
  /** Interface texts in place of ours, or in a language that we lack. */
  messages: siteMessages.optional(),
});

/** The settings in site.yaml. `authority` is part of every article's id, so it must never change. */
export type Site = z.output<typeof siteSettings>;

/** With room for some ten thousand redirects. */
const maxSettingsLength = 1024 * 1024;

/** The settings as they are written, and the lines of them. Throws InvalidFileError. */
export function readSettings(yaml: string) {
  return parseYaml(yaml, 1, maxSettingsLength);
}

/** Throws InvalidFileError with every fault and its line. */
export function parseSite(yaml: string): Site {
  const { value, lineOf } = readSettings(yaml);
  const parsed = siteSettings.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new InvalidFileError(
    faultsOf(parsed.error).map((fault) => ({ line: lineOf(fault.pointer), ...fault })),
  );
}

// Intl also accepts abbreviations, with surprising meanings: CST is Chicago, not Shanghai.
export function isTimeZone(zone: string): boolean {
  if (zone !== 'UTC' && !zone.includes('/')) return false;
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
}
