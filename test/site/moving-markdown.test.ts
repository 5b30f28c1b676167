import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { readMarkdownFolder } from '../../infra/tools/import/markdown/read-markdown-folder.ts';
import { moveIn } from '../../infra/tools/import.ts';
import { temporaryFolder } from '../infra/content-folder.ts';
import { entriesOf } from '../support/old-site.ts';
import { closeSound, type Site, startSite } from '../support/site.ts';
import { recordingTerminal } from '../support/terminal.ts';

let site: Site;

beforeAll(async () => {
  site = await startSite();
  return () => closeSound(site);
});

test.each(['hugo', 'jekyll', 'eleventy', 'astro'])(
  'a made project of %s moves in: its old addresses lead on',
  async (name) => {
    const path = join(import.meta.dirname, '../fixtures/moving-in', name);
    const old = await readMarkdownFolder(path, {});
    const { terminal, out, err } = recordingTerminal({ DATA_DIR: temporaryFolder() });
    const run = () => moveIn(old, { path, to: site.url, isDryRun: false }, terminal);

    const codes = [await run(), await run()];

    expect([codes, err]).toEqual([[0, 0], []]);
    expect(out.filter((line) => / articles: /.test(line))).toEqual([
      expect.stringMatching(/: \d+ new$/),
      expect.stringMatching(/: \d+ unchanged$/),
    ]);
    const led = async (address: string) => {
      const { status, url, headers } = await fetch(site.url + address);
      return {
        address,
        status,
        room: new URL(url).pathname.split('/')[1],
        type: headers.get('content-type'),
      };
    };
    for (const entry of await entriesOf(old)) {
      if (entry.kind === 'article' && !entry.fields.draft)
        for (const address of entry.addresses)
          expect(await led(address)).toMatchObject({ address, status: 200, room: 'news' });
      const [address] = entry.kind === 'picture' ? entry.addresses : [];
      if (address)
        expect(await led(address)).toMatchObject({ status: 200, room: 'media', type: 'image/png' });
    }
  },
);
