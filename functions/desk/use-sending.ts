import { useEffect, useRef } from 'preact/hooks';
import { Expired, Offline } from './api.ts';
import type { ScreenProps } from './list-screen.tsx';

export interface Notice {
  text: string;
  isAlert?: boolean;
  /** What readers do not see of the text. */
  removed?: { element: string; line?: number; reason: string }[];
}

const retryMilliseconds = 5_000;

/** Does what asks the API, and does it again when there is a connection, or a session, after one was missing. */
export function useSending({ api, texts, onError }: ScreenProps, tell: (notice: Notice) => void) {
  const waiting = useRef<(() => void) | undefined>(undefined);
  // What is sent later is asked of the API that there is then.
  const latest = useRef<(action: () => Promise<void>) => Promise<void>>(async () => {});
  latest.current = async (action) => {
    waiting.current = undefined;
    tell({ text: texts.saving });
    try {
      await action();
    } catch (error) {
      onError(error);
      const isLost = error instanceof Offline;
      const isExpired = error instanceof Expired;
      if (isLost || isExpired) waiting.current = () => void latest.current(action);
      if (isLost) setTimeout(() => waiting.current?.(), retryMilliseconds);
      tell({ text: isLost ? texts.retrying : isExpired ? texts.keptHere : texts.failed, isAlert: true });
    }
  };

  useEffect(() => waiting.current?.(), [api]);
  useEffect(() => {
    const onOnline = () => waiting.current?.();
    addEventListener('online', onOnline);
    return () => removeEventListener('online', onOnline);
  }, []);
  return (action: () => Promise<void>) => latest.current(action);
}
