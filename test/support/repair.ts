import type { Store } from '../../functions/store/connection.ts';
import { type Finding, type RepairPlace, repairPage } from '../../functions/store/repair/repair-page.ts';
import { signedFetch } from './sign.ts';

/** A whole run through the table, as the command makes it: what was found. */
export async function repairStore(store: Store, now: string): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (let place: RepairPlace | undefined = { step: 0 }; place; ) {
    const page = await repairPage(store, place, now);
    findings.push(...page.findings);
    place = page.next;
  }
  return findings;
}

/** The same over HTTP. */
export async function requestRepair(url: string): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (let next: string | null = '/repair'; next !== null; ) {
    const answer = await signedFetch(url + next, { method: 'POST' });
    const page = (await answer.json()) as { findings: Finding[]; next: string | null };
    findings.push(...page.findings);
    next = page.next;
  }
  return findings;
}
