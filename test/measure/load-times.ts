import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bundleCode, type LambdaName, lambdaNames, writeAssets } from '../../infra/function-bundles.ts';
import { prepareContent } from '../../infra/prepared-content.ts';

const rounds = 9;
const timed = 'const t = performance.now(); require(process.argv[1]); console.log(performance.now() - t)';

export interface LoadTime {
  what: LambdaName | 'empty';
  /** Bytes of the bundle. */
  size: number;
  /** Milliseconds of each round. */
  times: number[];
}

/** How long Node takes to load each function's bundle, and an empty one, in fresh processes. The bundles take turns. */
export async function loadTimes(contentDir: string): Promise<LoadTime[]> {
  const work = await mkdtemp(join(tmpdir(), 'newswire-bench-'));
  try {
    await prepareContent(contentDir, join(work, 'content'));
    await bundleCode(join(work, 'code'));
    await writeAssets(join(work, 'code'), join(work, 'content'), work);
    const empty = join(work, 'empty.js');
    await writeFile(empty, 'exports.handler = async () => {};\n');
    const bundles = [
      { lambda: 'empty' as const, file: empty },
      ...lambdaNames.map((lambda) => ({ lambda, file: join(work, lambda, 'index.js') })),
    ];
    const times = new Map(bundles.map(({ lambda }) => [lambda, [] as number[]]));
    for (let round = 0; round < rounds; round += 1)
      for (const { lambda, file } of bundles) times.get(lambda)?.push(await loadOnce(file));
    return await Promise.all(
      bundles.map(async ({ lambda, file }) => ({
        what: lambda,
        size: (await stat(file)).size,
        times: times.get(lambda) ?? [],
      })),
    );
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function loadOnce(file: string): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', timed, file]);
  return Number(stdout.trim().split('\n').at(-1));
}
