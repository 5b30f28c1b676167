import { useEffect, useRef, useState } from 'preact/hooks';
import type { Answer, Fault } from './api.ts';
import { type ArticleBody, isSame, merge, tidy } from './article-body.ts';
import { findKept, forget, type Kept, keep } from './keep.ts';
import type { ScreenProps } from './list-screen.tsx';
import { type Notice, useSending } from './use-sending.ts';

/** As the API has it. */
export interface Opened {
  slug: string;
  etag: string;
  status: 'published' | 'draft' | 'gone';
  url: string;
  base: ArticleBody;
}

export interface Conflict {
  fields: string[];
  mine: ArticleBody;
  theirs: ArticleBody;
}

/** An article on its way between the writer, the browser and the API. `slug` is undefined for a new one. */
export function useArticle(slug: string | undefined, screen: ScreenProps) {
  const { texts, onError } = screen;
  // What is sent again after a new sign-in goes by that one.
  const api = useRef(screen.api);
  api.current = screen.api;
  const [opened, setOpened] = useState<Opened>();
  const [article, setArticle] = useState<ArticleBody>({ title: '' });
  const [state, setState] = useState<'loading' | 'failed' | 'gone' | 'ready'>(slug ? 'loading' : 'ready');
  const [notice, setNotice] = useState<Notice>();
  const [faults, setFaults] = useState<Fault[]>([]);
  const [conflict, setConflict] = useState<Conflict>();
  const [offer, setOffer] = useState<Kept>();
  /** Grows when the text is another one than the writer's own typing made it: editors are filled anew. */
  const [generation, setGeneration] = useState(0);
  const now = useRef({ opened, article });
  now.current = { opened, article };

  const unsent = useRef(() => 0);
  const send = useSending(screen, (notice) => {
    setNotice(notice);
    setFaults([]);
  });
  const place = () => now.current.opened?.slug ?? slug ?? '';
  const base = () => now.current.opened?.base ?? { title: '' };
  const isDirty = () => !isSame(tidy(now.current.article), tidy(base()));

  function setCurrent(next: ArticleBody): void {
    now.current.article = next;
    setArticle(next);
  }

  function show(next: ArticleBody): void {
    setCurrent(next);
    setGeneration((count) => count + 1);
  }

  async function read(path: string): Promise<Opened | undefined> {
    const { status, etag = '', body } = await api.current.call('GET', path);
    if (status !== 200) return undefined;
    return { slug: body.slug, etag, status: body.status, url: body.url, base: body.article };
  }

  async function open(): Promise<void> {
    const at = place();
    const kept = findKept(at);
    if (!at) return setOffer(kept);
    setState('loading');
    try {
      const found = await read(`/articles/${at}`);
      if (!found) return setState('gone');
      setOpened(found);
      show(found.base);
      if (kept && !isSame(tidy(kept.article), tidy(found.base))) setOffer(kept);
      setState('ready');
    } catch (error) {
      onError(error);
      setState('failed');
    }
  }

  function edit(change: Partial<ArticleBody>): void {
    const next = { ...now.current.article, ...change };
    setCurrent(next);
    setOffer(undefined);
    const { etag, base } = now.current.opened ?? {};
    const isKept = keep(place(), {
      article: next,
      at: new Date().toISOString(),
      ...(etag && { etag, base }),
    } as Kept);
    setNotice({ text: isKept ? texts.keptHere : texts.failed, isAlert: !isKept });
  }

  /** Goes on with what was kept, as a change of the text that it was made from. */
  function take(kept: Kept | undefined): void {
    if (!kept) forget(place());
    else {
      const { opened } = now.current;
      if (opened && kept.etag) setOpened({ ...opened, etag: kept.etag, base: kept.base ?? opened.base });
      show(kept.article);
    }
    setOffer(undefined);
  }

  const save = (change: Partial<ArticleBody>, chosenSlug: string) =>
    send(async () => {
      const { opened } = now.current;
      if (unsent.current() > 0) return setNotice({ text: texts.pending, isAlert: true });
      setCurrent({ ...now.current.article, ...change });
      const mine = tidy(now.current.article);
      if (opened && opened.status !== 'gone' && isSame(mine, tidy(opened.base)))
        return setNotice({ text: texts.unchanged });
      const at = opened?.slug ?? chosenSlug;
      const path = `${api.current.isContributor ? '/drafts' : '/articles'}${at && `/${at}`}`;
      const headers = opened ? { 'If-Match': opened.etag } : at ? { 'If-None-Match': '*' } : {};
      const answer = await api.current.call(at ? 'PUT' : 'POST', path, { json: mine, headers });
      if (answer.status === 412 && opened) return meet(mine);
      if (answer.status === 412) return refuse([{ pointer: '/slug', message: texts.slugTaken }]);
      if (!accepted(answer)) return;
      if (!opened) forget('');
      await reload(answer.body.slug, mine);
      const { status, publishedAt } = answer.body;
      const isAhead = Date.parse(publishedAt) > Date.now();
      setNotice({
        text: status !== 'published' ? texts.saved : isAhead ? texts.savedScheduled : texts.savedPublished,
        removed: answer.body.removed,
      });
      // The screen stays: no hashchange.
      if (!opened) history.replaceState(null, '', `#/article/${answer.body.slug}`);
    });

  /** What was typed since `sent` stays. */
  async function reload(at: string, sent: ArticleBody): Promise<void> {
    const found = await read(`/articles/${at}`);
    if (!found) return setState('gone');
    const typed = merge(sent, tidy(now.current.article), found.base).article;
    const isSent = isSame(typed, found.base);
    setOpened(found);
    now.current.opened = found;
    if (!isSame(typed, tidy(now.current.article))) show(typed);
    if (isSent) forget(place());
  }

  /** Somebody else was quicker: what both have made is put together, and the writer asked where that cannot be. */
  async function meet(mine: ArticleBody): Promise<void> {
    const { opened } = now.current;
    const theirs = await read(`/articles/${opened?.slug}`);
    if (!theirs) return setState('gone');
    const { article, conflicts } = merge(base(), mine, theirs.base);
    setOpened(theirs);
    // A removed article has no text: the writer's own stays in the form, and is kept.
    if (theirs.status === 'gone') return setNotice({ text: texts.withdrawnMeanwhile, isAlert: true });
    show(article);
    if (conflicts.length > 0) setConflict({ fields: conflicts, mine, theirs: theirs.base });
    setNotice({ text: conflicts.length > 0 ? texts.changedMeanwhile : texts.merged, isAlert: true });
  }

  function accepted({ status, body }: Answer): boolean {
    if (status < 300) return true;
    const { errors = [], detail } = Object(body);
    refuse(errors, errors.length > 0 ? texts.faults : (detail ?? texts.failed));
    return false;
  }

  function refuse(wrong: Fault[], text = texts.faults): void {
    setFaults(wrong);
    setNotice({ text, isAlert: true });
  }

  /** Of the whole article: withdraws it or puts a former text back. */
  const act = (method: 'POST' | 'DELETE', below: string, json: object, done: string) =>
    send(async () => {
      const { opened } = now.current;
      if (!opened) return;
      const headers: Record<string, string> = opened.status === 'gone' ? {} : { 'If-Match': opened.etag };
      const answer = await api.current.call(method, `/articles/${opened.slug}${below}`, { json, headers });
      if (answer.status === 412) return meet(tidy(now.current.article));
      if (!accepted(answer)) return;
      // What was typed and not saved is offered again.
      await open();
      setNotice({ text: done });
    });

  useEffect(() => void open(), []);
  useEffect(() => {
    const onLeave = (event: Event) => isDirty() && event.preventDefault();
    addEventListener('beforeunload', onLeave);
    return () => removeEventListener('beforeunload', onLeave);
  }, []);

  return {
    ...{ opened, article, state, notice, faults, conflict, offer, generation },
    ...{ open, edit, take, save, act, show, setConflict, setNotice, isDirty: isDirty(), unsent },
  };
}

export type ArticleState = ReturnType<typeof useArticle>;
