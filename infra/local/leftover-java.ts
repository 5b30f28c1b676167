import { execFile } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

/** Two instances on the same files corrupt them: one that outlived its stage has to be gone before the next starts. */
export async function endLeftoverJava(dataFolder: string): Promise<void> {
  for (let found = await processesOn(dataFolder); found.length > 0; found = await processesOn(dataFolder)) {
    for (const pid of found) end(pid);
    await delay(20);
  }
}

async function processesOn(dataFolder: string): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-ww', '-o', 'pid=,args=']);
  return stdout
    .split('\n')
    .filter((line) => line.includes('DynamoDBLocal.jar') && line.endsWith(`-dbPath ${dataFolder}`))
    .map((line) => Number.parseInt(line, 10));
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
