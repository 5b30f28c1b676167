/** The periods of most read, by how many calendar days each has, today the last of them. */
export const periods = { today: 1, week: 7, month: 30, ever: Number.POSITIVE_INFINITY } as const;

export type Period = keyof typeof periods;
export const periodNames = Object.keys(periods) as Period[];
