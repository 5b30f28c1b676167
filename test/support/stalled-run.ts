import type { Reporter, TestModule, Vitest } from 'vitest/node';

/**
 * Ends a run in which nothing has happened for so long that every time limit must have passed: a worker that was killed, or that
 * never comes back from a loop, would keep Vitest waiting for ever.
 */
export class StalledRun implements Reporter {
  private readonly running = new Set<string>();
  private limit = 0;
  private timer: NodeJS.Timeout | undefined;

  onInit({ projects }: Vitest): void {
    this.limit = 2 * Math.max(...projects.map(({ config }) => config.testTimeout + config.hookTimeout));
  }

  onTestRunStart(): void {
    this.wait();
  }

  onTestModuleStart({ relativeModuleId }: TestModule): void {
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
    this.timer = setTimeout(() => {
      console.error(`Nothing has happened for ${this.limit / 1000} s in ${[...this.running].join(', ')}`);
      process.exit(1);
    }, this.limit);
  }
}
