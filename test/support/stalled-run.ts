import { spawnSync } from 'node:child_process';
import type { Reporter, TestModule, Vitest } from 'vitest/node';

/**
 * Ends a run in which nothing has happened for so long that every time limit must have passed: a worker that was killed while it
 * imported its file, or that never comes back from a loop, would keep Vitest waiting for ever.
 */
export class StalledRun implements Reporter {
  private readonly running = new Set<string>();
  private vitest: Vitest | undefined;
  private timer: NodeJS.Timeout | undefined;

  onInit(vitest: Vitest): void {
    this.vitest = vitest;
  }

  onTestModuleQueued({ relativeModuleId }: TestModule): void {
    this.running.add(relativeModuleId);
    this.wait();
  }

  onTestModuleEnd({ relativeModuleId }: TestModule): void {
    this.running.delete(relativeModuleId);
    this.wait();
  }

  onTestCaseResult(): void {
    this.wait();
  }

  onTestRunEnd(): void {
    clearTimeout(this.timer);
  }

  private wait(): void {
    clearTimeout(this.timer);
    const limits = this.vitest?.projects.map(({ config }) => config.testTimeout + config.hookTimeout) ?? [];
    const limit = 2 * Math.max(...limits);
    this.timer = setTimeout(() => this.end(limit), limit);
  }

  private end(limit: number): void {
    console.error(`Nothing has happened for ${limit / 1000} s in ${[...this.running].join(', ')}`);
    // A worker in a loop would outlive this process.
    const { stdout } = spawnSync('pgrep', ['-P', String(process.pid)], { encoding: 'utf8' });
    for (const child of stdout?.match(/\d+/g) ?? [])
      try {
        process.kill(Number(child), 'SIGKILL');
      } catch {
        // pgrep itself, which has ended.
      }
    process.exit(1);
  }
}
