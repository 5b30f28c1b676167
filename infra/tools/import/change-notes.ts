/** What changed in one text on the way, a line each: what happens again is counted. */
export class ChangeNotes {
  private readonly counts = new Map<string, number>();

  add(note: string): void {
    this.counts.set(note, (this.counts.get(note) ?? 0) + 1);
  }

  lines(): string[] {
    return [...this.counts].map(([note, count]) => (count > 1 ? `${note} (${count} times)` : note));
  }
}
