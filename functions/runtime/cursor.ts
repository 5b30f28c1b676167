/** A place in a list, `<ISO time>#<slug>`, as it stands in an address: base64url without padding. */
export function writeCursor(place: string): string {
  return Buffer.from(place).toString('base64url');
}

/** Undefined when it is none of ours: a longer slug would be more than a key of the database may hold. */
export function readCursor(cursor: string | undefined): string | undefined {
  const place = Buffer.from(cursor ?? '', 'base64url').toString();
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#[a-z0-9-]{1,100}$/.test(place) ? place : undefined;
}
