// Reads these results of vitest: prints each test that failed, and in the last line how many passed and failed.
import { readFileSync } from 'node:fs';
import { basename, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const runs = process.argv.slice(2).map(readRun);
const passed = runs.reduce((total, { numPassedTests }) => total + numPassedTests, 0);
const failures = runs.flatMap(({ testResults }) => testResults).flatMap(findFailures);
for (const { test, message = '' } of failures)
  console.log(`FAILED ${test}\n       ${stripVTControlCharacters(message).trim().split('\n')[0]}`);
console.log(`${passed} passed, ${failures.length} failed`);

function readRun(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    const failure = {
      name: basename(file),
      status: 'failed',
      message: 'The run ended before it could count',
    };
    return { numPassedTests: 0, testResults: [{ ...failure, assertionResults: [] }] };
  }
}

/** A file that cannot be loaded, or whose hook fails, is one failure when none of its tests is. */
function findFailures({ name, status, message, assertionResults }) {
  const file = relative('', name);
  const failed = assertionResults
    .filter((test) => test.status === 'failed')
    .map(({ fullName, failureMessages: [first] }) => ({ test: `${file}: ${fullName}`, message: first }));
  return status === 'failed' && failed.length === 0 ? [{ test: file, message }] : failed;
}
