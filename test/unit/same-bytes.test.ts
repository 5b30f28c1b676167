import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { beforeAll, expect, test } from 'vitest';
import { renderRss } from '../../functions/feed/rss.ts';
import { context, richStream } from '../fixtures/samples.ts';
import { temporaryFolder } from '../infra/content-folder.ts';

let script: string;

beforeAll(() => {
  script = join(temporaryFolder(), 'render-samples.mjs');
  buildSync({
    ...{ entryPoints: ['test/support/render-samples.ts'], outfile: script, bundle: true },
    ...{ platform: 'node', format: 'esm', mainFields: ['module', 'main'], loader: { '.css': 'text' } },
  });
});

interface Printed {
  told: string[];
  rendered: string[];
}

/** What a process prints whose clock stands at this time. */
function renderElsewhere(now: string, zone: string, locale: string): Printed {
  const clock = `const Real = Date; globalThis.Date = class extends Real {
    constructor(...given) { super(...(given.length > 0 ? given : ['${now}'])); }
    static now() { return Real.parse('${now}'); }
  };`;
  const printed = execFileSync(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(clock)}`, script],
    { env: { TZ: zone, LANG: locale, LC_ALL: locale }, encoding: 'utf8' },
  );
  return JSON.parse(printed);
}

test('gives the same bytes whatever the clock, the zone and the language of the process', () => {
  const [one, other] = [
    renderElsewhere('1999-12-31T23:59:59.000Z', 'America/Los_Angeles', 'en_US.UTF-8'),
    renderElsewhere('2042-07-01T00:00:00.000Z', 'Pacific/Kiritimati', 'ar_EG.UTF-8'),
  ] as const;

  expect([one.told, other.told]).toEqual([
    ['1999-12-31T23:59:59.000Z', 'America/Los_Angeles', 'en-US'],
    ['2042-07-01T00:00:00.000Z', 'Pacific/Kiritimati', 'ar-EG'],
  ]);
  expect(one.rendered).toHaveLength(6);
  expect(other.rendered).toEqual(one.rendered);
  expect(one.rendered[0]).toBe(renderRss(richStream, context));
});
