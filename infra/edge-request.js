// CloudFront runs this before it looks for a kept copy of a document. What tells copies apart is reduced to what changes the
// answer: otherwise anybody could have one document rendered under any number of made-up queries and headers.

// The addresses whose query chooses the entries, as functions/api/routes.ts has them.
const takesBefore = /\/(feed\.json|archive\/\d{4}-\d\d\/(rss|atom)\.xml)$/;

// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it
function handler(event) {
  const request = event.request;
  const shownIn = request.headers['sec-fetch-dest'];
  if (shownIn && shownIn.value === 'document') request.headers['sec-fetch-dest'] = { value: 'document' };
  else delete request.headers['sec-fetch-dest'];
  const before = request.querystring.before;
  request.querystring = before && takesBefore.test(request.uri) ? { before: { value: before.value } } : {};
  return request;
}
