import * as z from 'zod';

const known = ['user-agent', 'allow', 'disallow', 'crawl-delay', 'sitemap'];
// Crawlers need read no more than 500 KiB (RFC 9309 §2.5).
const maxLength = 100_000;

interface RobotsLine {
  field: string;
  value: string;
}

/** Lines of a robots.txt (RFC 9309), with every fault of them. */
export const robots = z.string('must be lines of a robots.txt').superRefine((text, context) => {
  if (text.length > maxLength)
    context.addIssue(`has ${text.length} characters; at most ${maxLength} are allowed`);
  let isInGroup = false;
  for (const [index, { field, value }] of linesOf(text.slice(0, maxLength)).entries()) {
    const fault = (message: string) => context.addIssue(`${message} (rule ${index + 1}: ${field}: ${value})`);
    isInGroup ||= field === 'user-agent';
    if (!known.includes(field)) fault(`may have ${known.join(', ')}`);
    else if (field === 'user-agent' ? !/^(?:\*|[\w .!+/-]+)$/.test(value) : !isInGroup && field !== 'sitemap')
      fault(
        field === 'user-agent' ? 'needs the name of a crawler, or *' : 'needs a user-agent before its rules',
      );
    else if (/^(?:dis)?allow$/.test(field) && !/^(?:$|[/*])/.test(value))
      fault('needs paths that begin with /');
  }
});

/** Whom a robots.txt has rules for, in lower case. */
export function robotsNamed(text: string): Set<string> {
  const agents = linesOf(text).filter(({ field }) => field === 'user-agent');
  return new Set(agents.map(({ value }) => value.toLowerCase()));
}

/** Without comments. */
function linesOf(text: string): RobotsLine[] {
  const lines = text.split(/\r\n?|\n/).map((line) => line.replace(/#.*/, '').trim());
  return lines.filter(Boolean).map((line) => {
    const [field = '', ...value] = line.split(':');
    return { field: field.trim().toLowerCase(), value: value.join(':').trim() };
  });
}
