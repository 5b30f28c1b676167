type Test = (value: unknown) => boolean;

/** An event pattern, as event source mappings have it, as a test of events. Throws at once on what it does not know. */
export function eventFilter(pattern: Record<string, unknown>): Test {
  const tests = Object.entries(pattern).map(([name, inner]): Test => {
    const test = Array.isArray(inner) ? anyOf(inner) : eventFilter(inner as Record<string, unknown>);
    return (event) => test((event as Record<string, unknown> | undefined)?.[name]);
  });
  return (event) => tests.every((test) => test(event));
}

/** Of an array in the event, one item is enough. */
function anyOf(rules: unknown[]): Test {
  const tests = rules.map(rule);
  return (value) => [value].flat().some((item) => tests.some((test) => test(item)));
}

function rule(wanted: unknown): Test {
  if (typeof wanted !== 'object' || wanted === null) return (value) => value === wanted;
  const [[operator = '', operand] = []] = Object.entries(wanted);
  switch (operator) {
    case 'prefix':
      return (value) => typeof value === 'string' && value.startsWith(operand);
    case 'suffix':
      return (value) => typeof value === 'string' && value.endsWith(operand);
    case 'exists':
      return (value) => (value !== undefined) === operand;
    case 'anything-but': {
      const excluded = anyOf([operand].flat());
      return (value) => value !== undefined && !excluded(value);
    }
    case 'numeric':
      return numeric(operand);
    default:
      throw new Error(`The local stage does not know the filter rule ${JSON.stringify(wanted)}`);
  }
}

const comparisons: Record<string, (value: number, bound: number) => boolean> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

/** `['>', 0, '<=', 5]` */
function numeric([operator, bound, ...rest]: (string | number)[]): Test {
  const compare = comparisons[String(operator)];
  if (!compare) throw new Error(`The local stage does not know the comparison ${operator}`);
  const others = rest.length > 0 ? numeric(rest) : () => true;
  return (value) => typeof value === 'number' && compare(value, Number(bound)) && others(value);
}
