import { execFile } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { StartError } from './start-error.ts';

/** Two instances on the same files corrupt them: one that outlived its stage has to be gone before the next starts. */
export async function endLeftoverJava(dataFolder: string): Promise<void> {
  for (let found = await processesOn(dataFolder); found.length > 0; found = await processesOn(dataFolder)) {
    for (const pid of found) end(pid);
    await delay(20);
  }
}

async function processesOn(dataFolder: string): Promise<number[]> {
  const processes = await listProcesses();
  return processes
    .split('\n')
    .filter((line) => line.includes('DynamoDBLocal.jar') && line.endsWith(`-dbPath ${dataFolder}`))
    .map((line) => Number.parseInt(line, 10));
}

async function listProcesses(): Promise<string> {
  try {
    return (await promisify(execFile)('ps', ['-A', '-ww', '-o', 'pid=,args='])).stdout;
  } catch (cause) {
    throw new StartError('The command ps is missing: install procps, or set DATA_DIR=:memory:', { cause });
  }
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
