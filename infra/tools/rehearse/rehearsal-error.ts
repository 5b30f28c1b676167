/** Something the person at the terminal can put right; the message is one line that says how. */
export class RehearsalError extends Error {
  override name = 'RehearsalError';
}
