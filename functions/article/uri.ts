// RFC 3986 §3.3 to §3.5. URL leaves others as they are, such as | and ^, which validators of feeds fault.
const unfit = /[^\w\-.~:/?@!$&'()*+,;=%]|%(?![0-9a-f]{2})/gi;

/** An http or https address as URL reads it, in no other characters than a URI may have. */
export function writtenAsUri(address: string): string {
  const { href } = new URL(address);
  // Behind the host, which may be an IPv6 address in brackets.
  const path = href.indexOf('/', 'https://'.length);
  const [rest = '', ...fragment] = href.slice(path).split('#');
  const steps = [rest, ...(href.includes('#') ? [fragment.join('%23')] : [])];
  return href.slice(0, path) + steps.map((step) => step.replace(unfit, encodeURIComponent)).join('#');
}
