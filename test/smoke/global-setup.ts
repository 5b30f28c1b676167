import type { TestProject } from 'vitest/node';

/** The command that runs the checks hangs up to end them: the running one is finished, the others are left out. */
export default function endWithCommand({ vitest }: TestProject): () => void {
  const end = () => void vitest.cancelCurrentRun('keyboard-input');
  process.once('disconnect', end);
  return () => process.off('disconnect', end);
}
