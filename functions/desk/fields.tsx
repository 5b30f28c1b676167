import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

interface FieldProps {
  label: string;
  hint?: string | undefined;
  /** What the API finds wrong with it. */
  fault?: string | undefined;
}

/** A label, its field, and what is to be said of it. */
export function Field({
  label,
  hint,
  fault,
  children,
}: FieldProps & {
  children: (named: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }) => ComponentChildren;
}) {
  const id = useId();
  const said = [hint && `${id}-hint`, fault && `${id}-fault`].filter(Boolean).join(' ');
  return (
    <div class={fault ? 'field faulty' : 'field'}>
      <label for={id}>{label}</label>
      {children({ id, ...(said && { 'aria-describedby': said }), ...(fault && { 'aria-invalid': true }) })}
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {fault && (
        <p class="fault" id={`${id}-fault`}>
          {fault}
        </p>
      )}
    </div>
  );
}

interface TextProps extends FieldProps {
  value: string | undefined;
  onInput(value: string): void;
  /** Rows of a field of several lines. */
  rows?: number;
  type?: 'text' | 'password' | 'url' | 'datetime-local';
  suggestions?: string[];
}

export function TextField({ value = '', onInput, rows, type = 'text', suggestions, ...field }: TextProps) {
  const listId = useId();
  const onChange = ({ currentTarget }: { currentTarget: { value: string } }) => onInput(currentTarget.value);
  return (
    <Field {...field}>
      {(named) =>
        rows ? (
          <textarea {...named} rows={rows} value={value} onInput={onChange} />
        ) : (
          <>
            <input
              {...named}
              {...({ type, list: suggestions && listId } as object)}
              value={value}
              onInput={onChange}
            />
            {suggestions && (
              <datalist id={listId}>
                {suggestions.map((one) => (
                  <option value={one} />
                ))}
              </datalist>
            )}
          </>
        )
      }
    </Field>
  );
}

/** Several short texts in one field, with commas between them. */
export function ListField({
  value = [],
  onInput,
  ...field
}: Omit<TextProps, 'value' | 'onInput'> & { value: string[] | undefined; onInput(value: string[]): void }) {
  return (
    <Field {...field}>
      {(named) => (
        <input
          {...named}
          // Not controlled: a comma that is just being typed must not go away.
          defaultValue={value.join(', ')}
          onInput={({ currentTarget }) =>
            onInput(
              currentTarget.value
                .split(/[,，、]/)
                .map((one) => one.trim())
                .filter(Boolean),
            )
          }
        />
      )}
    </Field>
  );
}
