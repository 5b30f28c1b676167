import { momentsOf } from './local-time.ts';

/** The calendar month of a moment in a zone, such as 2026-03. */
export function monthOf(iso: string, timeZone: string): string {
  const format = new Intl.DateTimeFormat('sv', { timeZone, year: 'numeric', month: '2-digit' });
  return format.format(new Date(iso)).padStart('0000-00'.length, '0');
}

/** The first and the last millisecond of a month, ISO 8601 in UTC. */
export function monthBounds(month: string, timeZone: string): { since: string; upTo: string } {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const following = number === 12 ? monthText(year + 1, 1) : monthText(year, number + 1);
  // A year of five digits sorts before all others.
  const end = month === '9999-12' ? Date.parse('9999-12-31T23:59:59.999Z') : startOf(following, timeZone) - 1;
  return { since: new Date(startOf(month, timeZone)).toISOString(), upTo: new Date(end).toISOString() };
}

function monthText(year: number, number: number): string {
  return `${String(year).padStart(4, '0')}-${String(number).padStart(2, '0')}`;
}

// Where a clock change skips midnight, the month begins at its end.
function startOf(month: string, timeZone: string): number {
  const times = ['00:00:00', '01:00:00', '02:00:00'];
  const [first = `${month}-01T00:00:00Z`] = times.flatMap((time) =>
    momentsOf(`${month}-01T${time}`, timeZone),
  );
  return Date.parse(first);
}
