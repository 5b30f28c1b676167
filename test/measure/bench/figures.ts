/** One line of the bench's table. */
export interface Figure {
  part: string;
  what: string;
  unit: string;
  /** The median of its values. */
  value: number;
  /** The least and the greatest of them. */
  spread?: [number, number];
  /** Of the floor in the same run, in the same unit. */
  floor?: number;
  /** The ratio to the floor; it means the better the less, unless it is of a rate. */
  ratio?: number;
  goal?: string;
}

export function figure(
  part: string,
  what: string,
  unit: string,
  values: number[],
  more: { floor?: number[]; goal?: string } = {},
): Figure {
  const value = median(values);
  const floor = more.floor && median(more.floor);
  return {
    ...{ part, what, unit, value },
    ...(values.length > 1 && { spread: [Math.min(...values), Math.max(...values)] as [number, number] }),
    ...(floor !== undefined && { floor, ratio: value / floor }),
    ...(more.goal && { goal: more.goal }),
  };
}

export function median(values: number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

export function printFigures(figures: Figure[]): void {
  const rows = figures.map(({ part, what, unit, value, spread, floor, ratio, goal }) => [
    ...[part, what, `${round(value)} ${unit}`, spread ? spread.map(round).join(' – ') : ''],
    ...[floor === undefined ? '' : round(floor), ratio === undefined ? '' : ratio.toFixed(2), goal ?? ''],
  ]);
  const heads = ['part', 'what', 'median', 'spread', 'floor', 'of floor', 'goal'];
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  for (const row of [heads, widths.map((width) => '-'.repeat(width)), ...rows])
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
}

function round(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
