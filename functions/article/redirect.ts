import * as z from 'zod';
import { httpUrl, toUri } from './fields.ts';
import { readOldPath } from './old-path.ts';

const origin = 'https://site.invalid';

/** A path of this site, from its root, or an http(s) address. */
export const link = z
  .string('must be an address')
  .refine(isLink, 'must be an http or https address, or one of this site that begins with /')
  .transform((written) => (written.startsWith('/') ? rootRelative(written) : toUri(written)));

const target = link.refine((to) => to.length <= 2_048, 'has more than 2,048 characters');

const form = z
  .strictObject({
    from: z.string('must be a path of the old site, such as /2019/05/title').transform((written, context) => {
      const read = readOldPath(written);
      if ('from' in read) return read.from;
      context.addIssue({ code: 'custom', message: read.fault });
      return z.NEVER;
    }),
    to: target,
  })
  .superRefine(({ from, to }, context) => {
    const add = (message: string) => context.addIssue({ code: 'custom', path: ['to'], message });
    if (to.includes('*') && !/^[^*?#]*\/\*$/.test(to)) add('may have "*" at its end alone, behind a slash');
    else if (to.endsWith('*') && !from.endsWith('*')) add('has "*" at its end, which the old path has not');
  });

/** Redirects in any number. */
export const redirects = z.array(form).superRefine((all, context) => {
  const known = new Set<string>();
  for (const [index, { from }] of all.entries()) {
    const message = `is here twice: ${from} is another spelling of it`;
    if (known.has(from)) context.addIssue({ code: 'custom', path: [index, 'from'], message });
    known.add(from);
  }
});

/** The body of PUT /redirects. */
export const redirectList = z.strictObject({
  redirects: redirects.min(1, 'must hold a redirect').max(100, 'holds more than 100 redirects'),
});

/** The body of DELETE /redirects. */
export const oldPathList = z.strictObject({
  from: z.array(form.shape.from).min(1, 'must hold a path').max(100, 'holds more than 100 paths'),
});

function isLink(written: string): boolean {
  if (!written.startsWith('/')) return httpUrl.safeParse(written).success;
  return !/^\/[/\\]/.test(written) && URL.canParse(origin + written);
}

function rootRelative(written: string): string {
  return toUri(origin + written).slice(origin.length);
}
