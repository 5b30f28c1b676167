import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { trusted } from './body/inert.ts';
import type { PreviewLabels } from './preview-labels.ts';
import { PreviewLink } from './preview-link.tsx';
import type { DeskSettings } from './settings.ts';
import './preview.css';

/** What the preview asks of the signed API. */
export interface PreviewApi {
  /** May make no link. */
  isContributor?: boolean;
  call(method: string, path: string, send?: { json?: unknown }): Promise<{ status: number; body: unknown }>;
}

export interface PreviewProps {
  /** The body that a PUT would send. Asked at every rendering. */
  article: () => object;
  /** Of the stored article; undefined for a new one. */
  slug: string | undefined;
  api: PreviewApi;
  settings: Pick<DeskSettings, 'siteUrl'>;
  labels: PreviewLabels;
}

interface Fault {
  pointer: string;
  message: string;
}

interface Shown {
  html?: string;
  removed: { element: string; line?: number; reason: string }[];
  faults: Fault[];
  isFailed: boolean;
}

const widths = { phone: 390, desk: 1280 };
/** Milliseconds after the last key until the page is made anew. */
const pause = 700;
const nothing: Shown = { removed: [], faults: [], isFailed: false };

/** The real page of what is being written, at two widths, light and dark. Nothing in it runs, and its links lead nowhere. */
export function Preview({ article, slug, api, settings, labels }: PreviewProps) {
  const [shown, setShown] = useState(nothing);
  const [isBusy, setBusy] = useState(true);
  const [width, setWidth] = useState<keyof typeof widths>(() => (innerWidth < 700 ? 'phone' : 'desk'));
  const [scheme, setScheme] = useState<'light' | 'dark'>('light');
  const [attempt, setAttempt] = useState(0);
  const place = useRef<HTMLDivElement>(null);
  const scale = useScale(place, widths[width]);
  const body = JSON.stringify(slug === undefined ? article() : { ...article(), slug });
  const isFirst = useRef(true);

  useEffect(() => {
    let isOver = false;
    setBusy(true);
    const ask = async () => {
      isFirst.current = false;
      const next = await askPage(api, JSON.parse(body));
      if (isOver) return;
      // What was shown before stays while a fault is mended.
      setShown((before) => ({ ...(before.html && { html: before.html }), ...next }));
      setBusy(false);
    };
    const timer = setTimeout(ask, isFirst.current ? 0 : pause);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [body, api, attempt]);

  const { html, removed, faults, isFailed } = shown;
  // Set again, even to the same, it would load the page anew.
  const srcdoc = useMemo(() => html && trusted(html), [html]);
  return (
    <section class="preview-desk" aria-busy={isBusy}>
      <div class="preview-bar">
        <Choice
          label={labels.width}
          value={width}
          choose={(name) => setWidth(name)}
          options={{ phone: labels.phone, desk: labels.desk }}
        />
        <Choice
          label={labels.colours}
          value={scheme}
          choose={(name) => setScheme(name)}
          options={{ light: labels.light, dark: labels.dark }}
        />
        <span role="status">{isBusy && labels.loading}</span>
      </div>
      {!api.isContributor && <PreviewLink slug={slug} api={api} settings={settings} labels={labels} />}
      <div role="alert" class="preview-failed">
        {faults.length > 0 && (
          <>
            <p>{labels.faults}</p>
            <ul>
              {faults.map(({ pointer, message }) => (
                <li>
                  <strong>{pointer.slice(1)}</strong> {message}
                </li>
              ))}
            </ul>
          </>
        )}
        {isFailed && (
          <p>
            {labels.failed}{' '}
            <button type="button" onClick={() => setAttempt(attempt + 1)}>
              {labels.again}
            </button>
          </p>
        )}
      </div>
      {removed.length > 0 && (
        <details>
          <summary>{labels.leftOut.replace('{n}', String(removed.length))}</summary>
          <ul>
            {removed.map(({ element, line, reason }) => (
              <li>
                {element}
                {line !== undefined && ` (${labels.line.replace('{n}', String(line))})`}: {reason}
              </li>
            ))}
          </ul>
        </details>
      )}
      <div class="preview-place" ref={place}>
        {html !== undefined && (
          <iframe
            class={`is-${scheme}`}
            title={labels.page}
            sandbox=""
            // biome-ignore lint/suspicious/noExplicitAny: trusted HTML, for which preact has no type
            srcdoc={srcdoc as any}
            style={{ '--page-width': `${widths[width]}px`, '--scale': String(scale) }}
          />
        )}
      </div>
    </section>
  );
}

/** The page, or why there is none. */
async function askPage(api: PreviewApi, json: object): Promise<Shown> {
  try {
    const { status, body } = await api.call('POST', '/preview', { json });
    const { html, removed = [], errors = [] } = body as Partial<Shown> & { errors?: Fault[] };
    if (status === 200 && html !== undefined) return { ...nothing, html, removed };
    return { ...nothing, faults: errors, isFailed: errors.length === 0 };
  } catch {
    return { ...nothing, isFailed: true };
  }
}

/** How much smaller the page has to be than it is wide, to fit. */
function useScale(place: { current: HTMLElement | null }, width: number): number {
  const [room, setRoom] = useState(width);
  useLayoutEffect(() => {
    const { current } = place;
    if (!current) return;
    const observer = new ResizeObserver(() => setRoom(current.clientWidth));
    observer.observe(current);
    return () => observer.disconnect();
  }, [place]);
  return Math.min(1, room / width);
}

interface ChoiceProps<Name extends string> {
  label: string;
  value: NoInfer<Name>;
  options: Record<Name, string>;
  choose(name: Name): void;
}

function Choice<Name extends string>({ label, value, options, choose }: ChoiceProps<Name>) {
  return (
    <fieldset>
      <legend>{label}</legend>
      {(Object.keys(options) as Name[]).map((name) => (
        <button type="button" key={name} aria-pressed={name === value} onClick={() => choose(name)}>
          {options[name]}
        </button>
      ))}
    </fieldset>
  );
}
