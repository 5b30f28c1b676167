const months = 'january february march april may june july august september october november december'.split(
  ' ',
);

// Minutes east of UTC. RFC 822 §5.1, and names that mean one thing wherever they are used: not IST or BST.
const zones: Record<string, number> = {
  ...{ z: 0, ut: 0, utc: 0, gmt: 0, wet: 0, west: 60, cet: 60, cest: 120, eet: 120, eest: 180, msk: 180 },
  ...{ est: -300, edt: -240, cst: -360, cdt: -300, mst: -420, mdt: -360, pst: -480, pdt: -420 },
  ...{ hkt: 480, jst: 540, kst: 540, aest: 600, aedt: 660, nzst: 720, nzdt: 780 },
};

const time = String.raw`(?<hour>\d\d?):(?<minute>\d\d)(?::(?<second>\d\d)(?:[.,](?<fraction>\d+))?)?`;
const zone = String.raw`(?<zone>[a-z]{1,4}|(?:gmt|utc)?[+-]\d\d(?::?\d\d)?)`;
const month = String.raw`(?<month>[a-z]{3,9})\.?`;
// A day of the week is not read: it adds nothing, and in the wild it is wrong or in another language.
const weekday = String.raw`(?:\p{L}+\.?(?:, ?| ))?`;

const forms = [
  // RFC 822 and its like: Tue, 02 Jan 2024 10:00:00 GMT; 2-Jan-24 10:00 +0100
  String.raw`${weekday}(?<day>\d\d?)[ -]${month}[ -](?<year>\d{4}|\d\d),? ${time} ?${zone}`,
  // Tue Jan 02 2024 10:00:00 GMT+0800; January 2, 2024 10:00:00 EST
  String.raw`${weekday}${month} (?<day>\d\d?),? (?<year>\d{4}),? ${time} ?${zone}`,
  // Tue Jan  2 10:00:00 PST 2024
  String.raw`${weekday}${month} (?<day>\d\d?) ${time} ${zone} (?<year>\d{4})`,
  // RFC 3339, ISO 8601, W3C-DTF; 2024/01/02 10:00:00 +0800
  String.raw`(?<year>\d{4})(?<mark>[-/])(?<number>\d\d)\k<mark>(?<day>\d\d)(?:t| )${time} ?${zone}`,
].map((form) => new RegExp(`^${form}$`, 'iu'));

/**
 * A moment as feeds write it, as ISO 8601 in UTC with milliseconds. Undefined unless it is certain: the zone must be told, the day must
 * exist, and years are 1900 to 2099. Midnight of 1970-01-01 is what programs write that know no date.
 */
export function readDate(written: string): string | undefined {
  const text = written
    .slice(0, 200)
    .replace(/\([^()]*\)\s*$/, '')
    .replace(/\s+/g, ' ')
    .trim();
  const found = forms.map((form) => form.exec(text)?.groups).find((groups) => groups !== undefined);
  const offset = found && offsetOf(found.zone ?? '');
  if (!found || offset === undefined) return undefined;
  const number = found.number ? Number(found.number) : monthNumber(found.month ?? '');
  const [hour = 0, minute = 0, second = 0] = [found.hour, found.minute, found.second ?? 0].map(Number);
  const local = [yearOf(found.year ?? ''), number - 1, Number(found.day), hour, minute, second] as const;
  const milliseconds = Number((found.fraction ?? '').slice(0, 3).padEnd(3, '0'));
  const shown = new Date(Date.UTC(...local));
  // A day or an hour that does not exist has moved on.
  const parts = [shown.getUTCFullYear(), shown.getUTCMonth(), shown.getUTCDate(), shown.getUTCHours()];
  const exists = [...parts, shown.getUTCMinutes(), shown.getUTCSeconds()].every(
    (part, at) => part === local[at],
  );
  const instant = shown.getTime() - offset * 60_000 + milliseconds;
  if (!exists || local[0] < 1900 || local[0] > 2099 || instant === 0) return undefined;
  return new Date(instant).toISOString();
}

// RFC 2822 §4.3.
function yearOf(digits: string): number {
  const year = Number(digits);
  if (digits.length > 2) return year;
  return year < 50 ? 2000 + year : 1900 + year;
}

/** January is 1; 0 for what is no English month. */
function monthNumber(written: string): number {
  const name = written.toLowerCase();
  return months.findIndex((month) => [month, month.slice(0, 3), month.slice(0, 4)].includes(name)) + 1;
}

function offsetOf(written: string): number | undefined {
  const [, sign, hours, minutes = '00'] = /^(?:gmt|utc)?([+-])(\d\d):?(\d\d)?$/i.exec(written) ?? [];
  if (!sign) return zones[written.toLowerCase()];
  const size = Number(hours) * 60 + Number(minutes);
  if (size > 14 * 60 || Number(minutes) > 59) return undefined;
  return sign === '-' ? -size : size;
}
