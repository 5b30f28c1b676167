import { strict as assert } from 'node:assert';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SiteClient } from '../api/site-client.ts';
import type { Step } from '../rehearse.ts';
import type { Outputs } from './cdk.ts';

const newTitle = 'Changed by the rehearsal';
const sent = { title: 'Sent before the second deployment', text: 'It must outlive it.' };
const sentSlug = 'rehearsal-sent';

interface Deployment {
  outputs: Outputs;
  contentDir: string;
  deploy: () => Promise<Outputs>;
}

/** Deploys again, with one article changed and one removed, and checks that this happened and nothing else. */
export async function checkSecondDeployment(
  step: Step,
  site: SiteClient,
  { outputs, contentDir, deploy }: Deployment,
): Promise<void> {
  const article = (slug: string) => site.json(`/news/${slug}`);
  const { items } = await site.json('/news');
  const [changed, removed, kept] = items.map(({ slug }: { slug: string }) => slug) as string[];
  if (!changed || !removed || !kept) throw new Error('The content has fewer than three articles');
  for (let count = 0; count < 3; count += 1) await site.read(`/news/${changed}`);
  await site.read(`/news/${kept}`);
  await site.write(sentSlug, 'PUT', { body: sent });
  const [wasChanged, wasKept] = [await article(changed), await article(kept)];
  assert.ok(wasChanged.views >= 3);

  retitle(join(contentDir, 'articles', `${changed}.md`));
  rmSync(join(contentDir, 'articles', `${removed}.md`));
  const after = await step('cdk deploy, with one article changed and one removed', deploy);

  await step('the changed article has changed, under its id and with its views', async () => {
    const { id, title, views } = await article(changed);
    assert.deepEqual({ id, title, views }, { id: wasChanged.id, title: newTitle, views: wasChanged.views });
  });
  await step('the removed article is gone', async () =>
    assert.equal((await site.read(`/news/${removed}`)).status, 410),
  );
  await step('another article is as it was, and so is its count', async () => {
    // Its neighbours have changed, as they should.
    const { previous, next, ...is } = await article(kept);
    const { previous: _, next: __, ...was } = wasKept;
    assert.deepEqual(is, was);
    assert.ok(previous !== undefined && next !== undefined);
  });
  await step('an article that was sent is still there', async () =>
    assert.equal((await article(sentSlug)).title, sent.title),
  );
  await step('tables and addresses are the same', async () => assert.deepEqual(after, outputs));
}

function retitle(file: string): void {
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^title: .*$/m, `title: ${newTitle}`));
}
