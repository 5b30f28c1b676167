const known = ['user-agent', 'allow', 'disallow', 'crawl-delay', 'sitemap'];
// Crawlers need read no more than 500 KiB (RFC 9309 §2.5).
const maxLength = 100_000;

interface RobotsLine {
  field: string;
  value: string;
}

/** What is wrong with lines of a robots.txt (RFC 9309). */
export function findRobotsFaults(text: string): string[] {
  if (text.length > maxLength) return [`has ${text.length} characters; at most ${maxLength} are allowed`];
  let isInGroup = false;
  return linesOf(text).flatMap(({ field, value }, index) => {
    const fault = (message: string) => `${message} (rule ${index + 1}: ${field}: ${value})`;
    isInGroup ||= field === 'user-agent';
    if (!known.includes(field)) return fault(`may have ${known.join(', ')}`);
    if (field === 'sitemap') return [];
    if (!isInGroup) return fault('needs a user-agent before its rules');
    if (field === 'user-agent')
      return /^(?:\*|[\w .!+/-]+)$/.test(value) ? [] : fault('needs the name of a crawler, or *');
    return /allow$/.test(field) && !/^(?:$|[/*])/.test(value) ? fault('needs paths that begin with /') : [];
  });
}

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
