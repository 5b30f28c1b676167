import { useState } from 'preact/hooks';
import type { ArticleBody } from './article-body.ts';
import type { DeskMessages } from './messages.ts';
import type { Conflict } from './use-article.ts';

interface ConflictProps {
  conflict: Conflict;
  texts: DeskMessages;
  choose(change: Partial<ArticleBody>): void;
}

/** What two have changed each their own way, side by side, to be chosen field by field. */
export function ConflictChoice({ conflict: { fields, mine, theirs }, texts, choose }: ConflictProps) {
  const [isTheirs, setTheirs] = useState<Record<string, boolean>>({});
  const labels = texts as unknown as Record<string, string>;
  return (
    <section class="conflict" role="alertdialog" aria-label={texts.changedMeanwhile}>
      <p>{texts.changedMeanwhile}</p>
      {fields.map((name) => (
        <fieldset>
          <legend>{labels[name === 'html' ? 'text' : name] ?? name}</legend>
          {([false, true] as const).map((theirsIsMeant) => (
            <label>
              <input
                type="radio"
                name={name}
                checked={(isTheirs[name] ?? false) === theirsIsMeant}
                onChange={() => setTheirs((before) => ({ ...before, [name]: theirsIsMeant }))}
              />
              {theirsIsMeant ? texts.theirs : texts.yours}
              <pre>{written((theirsIsMeant ? theirs : mine)[name])}</pre>
            </label>
          ))}
        </fieldset>
      ))}
      <button
        type="button"
        class="primary"
        onClick={() =>
          choose(Object.fromEntries(fields.map((name) => [name, (isTheirs[name] ? theirs : mine)[name]])))
        }
      >
        {texts.takeChosen}
      </button>
    </section>
  );
}

function written(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 1);
}
