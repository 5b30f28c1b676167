import { beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../infra/content-folder.ts';
import { installedReaders } from '../support/readers/installed-readers.ts';
import { type RecordingProxy, startRecordingProxy } from '../support/readers/recording-proxy.ts';
import { articleFile, closeSound, type Site, startSite } from '../support/site.ts';

const files = {
  'articles/ferry.md': articleFile('Ferry & quay <late>', '2026-03-01T09:00:00+08:00', ['tags: [Quay]']),
  'articles/lamp.md': articleFile('灯塔 💡', '2026-02-28T09:00:00Z', ['updatedAt: 2026-03-01T09:00:00Z']),
};

let proxy: RecordingProxy;
let site: Site;

beforeAll(async () => {
  proxy = await startRecordingProxy();
  site = await startSite({ files, baseUrl: proxy.url });
  proxy.target = site.url;
  return async () => {
    await closeSound(site);
    proxy.close();
  };
});

for (const reader of installedReaders) {
  const isInstalled = await reader.isInstalled();
  if (!isInstalled) console.log(`Left out: ${reader.name} is not on this machine`);

  describe.runIf(isInstalled)(reader.name, () => {
    test.each(['rss.xml', 'atom.xml'])(
      'shows each entry of /%s once, and asks for nothing twice',
      async (file) => {
        const folder = temporaryFolder();
        const slug = `fog-${reader.name}-${file.slice(0, 3)}`;
        const publish = (body: string) =>
          site.save({ [`articles/${slug}.md`]: articleFile('Fog', '2026-03-03T09:00:00Z', [], body) });
        const poll = async () => ({
          entries: await reader.poll(`${proxy.url}/${file}`, folder),
          answers: proxy.answered(),
        });

        const first = await poll();
        for (let polls = 1; polls < reader.unconditionalPolls; polls += 1) await poll();
        const unchanged = await poll();
        await publish('Fog on the quay.');
        const published = await poll();
        const unchangedAgain = await poll();
        await publish('Fog on the quay, and at sea.');
        const corrected = await poll();

        expect(first.entries).toBeGreaterThanOrEqual(2);
        expect([first, unchanged, published, unchangedAgain, corrected]).toEqual([
          { entries: first.entries, answers: [200] },
          { entries: first.entries, answers: [304] },
          { entries: first.entries + 1, answers: [200] },
          { entries: first.entries + 1, answers: [304] },
          { entries: first.entries + 1, answers: [200] },
        ]);
      },
    );
  });
}
