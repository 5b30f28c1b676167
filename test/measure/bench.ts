import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { bundleCode, writeAssets } from '../../infra/function-bundles.ts';
import { prepareContent } from '../../infra/prepared-content.ts';
import { CommandError } from '../../infra/tools/command.ts';
import { measureContent } from './bench/content.ts';
import { measureCosts } from './bench/cost.ts';
import { type Figure, printFigures } from './bench/figures.ts';
import { measureLoading } from './bench/loading.ts';
import { withBenchSite, writeSite } from './bench/site.ts';
import { measureProcess, measurePublishing, measureStage } from './bench/speed.ts';
import { runInstrument } from './measured-site.ts';

const articles = Number(process.env.ARTICLES ?? 1_000);

/** Each is a part that can be asked for by its name. */
const parts: Record<string, (bundles: string) => Promise<Figure[]>> = {
  load: measureLoading,
  process: (bundles) => withBenchSite(articles, (site) => measureProcess(site, join(bundles, 'read-site'))),
  stage: () => withBenchSite(articles, measureStage),
  publish: () => withBenchSite(articles, measurePublishing),
  cost: () => withBenchSite(articles, measureCosts),
  content: async () => [...(await measureContent(1_000)), ...(await measureContent(10_000))],
};

await runInstrument(async () => {
  const asked = process.argv.slice(2);
  const unknown = asked.find((name) => !(name in parts));
  if (unknown) throw new CommandError(`There is no part ${unknown}: ${Object.keys(parts).join(', ')}`);
  const work = await mkdtemp(join(tmpdir(), 'newswire-bench-'));
  try {
    await writeSite(join(work, 'site'), 0);
    await prepareContent(join(work, 'site'), join(work, 'content'));
    await bundleCode(join(work, 'code'));
    await writeAssets(join(work, 'code'), join(work, 'content'), work);
    const figures: Figure[] = [];
    for (const [name, measure] of Object.entries(parts))
      if (asked.length === 0 || asked.includes(name)) figures.push(...(await measure(work)));
    const [{ model = '' } = {}] = cpus();
    const machine = `${cpus().length} × ${model}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`;
    printFigures(figures);
    console.log(`\n${articles} articles, on ${machine}. The floor: the same calls by the bare SDK.`);
    await writeFile('results.json', `${JSON.stringify({ machine, articles, figures }, undefined, 2)}\n`);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
});
// A part that was interrupted would go on without its database.
process.exit();
