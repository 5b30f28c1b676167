import { labelName } from '../../../functions/article/stream-name.ts';
import { truncate } from '../../../functions/article/text.ts';

const mostTags = 20;
const maxLength = 60;

export interface Labels {
  category: string | undefined;
  tags: string[];
  /** A line for each label that is not as it was. */
  notes: string[];
}

/** The first category is the article's; the others stand behind the tags. Of labels that would share an address the first is kept. */
export function labelsOf(categories: string[], tags: string[]): Labels {
  const notes: string[] = [];
  const fitting = (written: string): string[] => {
    const name = written.replace(/\s+/g, ' ').trim();
    const label = truncate(name, maxLength);
    if (label !== name) notes.push(`"${name}" is shortened to "${label}"`);
    if (labelName(label) !== '') return [label];
    if (name !== '') notes.push(`"${label}" has no letter or digit and is no label`);
    return [];
  };
  const [category, ...others] = categories.flatMap(fitting);
  const known = new Map<string, string>();
  for (const label of [...tags.flatMap(fitting), ...others])
    if (!known.has(labelName(label))) known.set(labelName(label), label);
  const kept = [...known.values()];
  const dropped = kept.slice(mostTags);
  if (dropped.length > 0) notes.push(`more than ${mostTags} tags: ${dropped.join(', ')} left out`);
  return { category, tags: kept.slice(0, mostTags), notes };
}
