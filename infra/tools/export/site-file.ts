import { stringify } from 'yaml';
import { InvalidFileError } from '../../../functions/article/fault.ts';
import type { Redirect } from '../../../functions/article/old-path.ts';
import { parseSite, type Site } from '../../../functions/article/site.ts';

const mostInRequest = 100;

/**
 * site.yaml of these settings and stored redirects, and, where those are too many for it, the bodies of the requests that store them
 * again.
 */
export function exportSettings(site: Site, stored: Redirect[]): { text: string; requests: string[] } {
  const known = new Set(site.redirects.map(({ from }) => from));
  const more = stored.filter(({ from }) => !known.has(from));
  const whole = siteFileOf(site, [...site.redirects, ...more]);
  if (isSound(whole)) return { text: whole, requests: [] };
  const requests: string[] = [];
  for (let start = 0; start < more.length; start += mostInRequest)
    requests.push(`${JSON.stringify({ redirects: more.slice(start, start + mostInRequest) })}\n`);
  return { text: siteFileOf(site, site.redirects), requests };
}

function siteFileOf(site: Site, redirects: Redirect[]): string {
  const table = Object.fromEntries(redirects.map(({ from, to }) => [from, to]));
  const said = Object.entries(site).filter(([name, value]) => name !== 'redirects' && !isNone(value));
  return stringify(
    { ...Object.fromEntries(said), ...(redirects.length > 0 && { redirects: table }) },
    { lineWidth: 0, aliasDuplicateObjects: false },
  );
}

function isNone(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function isSound(text: string): boolean {
  try {
    return Boolean(parseSite(text));
  } catch (error) {
    if (error instanceof InvalidFileError) return false;
    throw error;
  }
}
