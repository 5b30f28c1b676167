import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Api } from './api.ts';
import type { DeskMessages } from './messages.ts';
import type { DeskSettings } from './settings.ts';
import { localTime } from './times.ts';

export interface ScreenProps {
  api: Api;
  settings: DeskSettings;
  texts: DeskMessages;
  /** Told of what the screen shows as well: that the session has ended is seen to elsewhere. */
  onError(error: unknown): void;
}

interface Listed {
  slug: string;
  title?: string;
  status: 'published' | 'draft' | 'gone';
  publishedAt?: string;
  erasedAt?: string;
  changedAt: string | null;
  changedBy: string | null;
}

const tabs = ['published', 'scheduled', 'drafts', 'removed'] as const;
type Tab = (typeof tabs)[number];

function tabOf({ status, publishedAt = '' }: Listed): Tab {
  if (status === 'draft') return 'drafts';
  if (status === 'gone') return 'removed';
  return Date.parse(publishedAt) > Date.now() ? 'scheduled' : 'published';
}

/** All articles, the newest first. */
export function ListScreen({ api, settings, texts, onError }: ScreenProps) {
  const [items, setItems] = useState<Listed[]>([]);
  const [next, setNext] = useState<string | null>('/articles');
  const [views, setViews] = useState(new Map<string, number>());
  const [state, setState] = useState<'loading' | 'ready' | 'failed'>('loading');
  const [tab, setTab] = useState<Tab>('published');
  const [wanted, setWanted] = useState('');
  const search = useRef<HTMLInputElement>(null);

  async function load(path: string): Promise<void> {
    setState('loading');
    try {
      const { body } = await api.call('GET', path);
      const cursor = path.slice('/articles'.length);
      setItems((before) => [...before, ...body.items]);
      setNext(body.next);
      setState('ready');
      const counts = await api.call('GET', `/stats${cursor}`);
      if (counts.status !== 200) return;
      const since = new Date(Date.parse(counts.body.today) - 6 * 86_400_000).toISOString().slice(0, 10);
      setViews((before) => new Map([...before, ...counts.body.items.map(sumSince(since))]));
    } catch (error) {
      onError(error);
      setState('failed');
    }
  }

  useEffect(() => void load('/articles'), []);
  // What is searched for may stand on any page.
  useEffect(() => {
    if (wanted && next && state === 'ready') void load(next);
  }, [wanted, next, state]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.target as Element).matches('input, textarea, [contenteditable]')) return;
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 'n') location.hash = '#/new';
      else if (event.key === '/') search.current?.focus();
      else if (!moveFocus(event.key)) return;
      event.preventDefault();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);

  const found = useMemo(() => {
    const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
    return items.filter(({ title = '', slug }) =>
      words.every((word) => `${title} ${slug}`.toLowerCase().includes(word)),
    );
  }, [items, wanted]);
  const shown = found.filter((item) => tabOf(item) === tab);
  return (
    <main class="list">
      <h1>{texts.backToList}</h1>
      <input
        ref={search}
        type="search"
        aria-label={texts.search}
        placeholder={texts.search}
        value={wanted}
        onInput={({ currentTarget }) => setWanted(currentTarget.value)}
      />
      <div class="tabs">
        {tabs.map((name) => (
          <button type="button" aria-pressed={tab === name} onClick={() => setTab(name)}>
            {texts[name]} <span>{found.filter((item) => tabOf(item) === name).length}</span>
          </button>
        ))}
      </div>
      <ul>
        {shown.map(({ slug, title, publishedAt, erasedAt, changedAt, changedBy }) => (
          <li>
            {erasedAt ? (
              <span>{`${slug} (${texts.erased})`}</span>
            ) : (
              <a href={`#/article/${slug}`}>{title || slug}</a>
            )}
            <p>
              {publishedAt && (
                <time dateTime={publishedAt}>
                  {localTime(publishedAt, settings.timeZone).replace('T', ' ')}
                </time>
              )}
              {changedAt && (
                <span>
                  {texts.changed.replace('{when}', localTime(changedAt, settings.timeZone).replace('T', ' '))}
                  {changedBy && ` · ${nameIn(changedBy)}`}
                </span>
              )}
              {tab === 'published' && views.has(slug) && (
                <span>{texts.views7.replace('{n}', String(views.get(slug)))}</span>
              )}
            </p>
          </li>
        ))}
      </ul>
      <p role="status">
        {state === 'loading'
          ? texts.loading
          : state === 'failed'
            ? texts.noConnection
            : shown.length === 0 && texts.nothingHere}
      </p>
      {next && state !== 'loading' && (
        <button type="button" onClick={() => void load(next)}>
          {state === 'failed' ? texts.tryAgain : texts.loadMore}
        </button>
      )}
    </main>
  );
}

/** Of a caller who is known by an ARN alone, the end of it. */
function nameIn(who: string): string {
  return (who.startsWith('arn:') && who.split('/').at(-1)) || who;
}

function sumSince(since: string) {
  return ({ slug, days }: { slug: string; days: Record<string, number> }): [string, number] => [
    slug,
    Object.entries(days).reduce((sum, [day, count]) => (day >= since ? sum + count : sum), 0),
  ];
}

function moveFocus(key: string): boolean {
  const step = { ArrowDown: 1, ArrowUp: -1 }[key];
  const links = [...document.querySelectorAll<HTMLElement>('.list li a')];
  if (!step || links.length === 0) return false;
  const at = links.indexOf(document.activeElement as HTMLElement);
  links.at(Math.min(Math.max(at + step, 0), links.length - 1))?.focus();
  return true;
}
