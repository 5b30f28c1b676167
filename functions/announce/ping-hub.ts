/** Why a hub has not taken a ping. */
export interface PingFailure {
  /** A status, or the name of what went wrong before there was any. */
  reason: string;
  /** How long the hub asks to be left alone. */
  waitSeconds: number;
}

const timeout = 5_000;

/**
 * Tells a hub that the document at `topic` has changed; undefined when it has taken that. WebSub leaves the form of it to
 * the two: Google's and Superfeedr's hubs read hub.url, Switchboard hub.topic.
 */
export async function pingHub(hub: string, topic: string): Promise<PingFailure | undefined> {
  const body = new URLSearchParams({ 'hub.mode': 'publish', 'hub.url': topic, 'hub.topic': topic });
  try {
    const answer = await fetch(hub, {
      method: 'POST',
      body,
      // A redirect is a failure: subscribers go to the address that the feeds name, too, and it has to be put right there.
      redirect: 'manual',
      signal: AbortSignal.timeout(timeout),
    });
    // Nothing in it would change anything, however long it is.
    await answer.body?.cancel();
    return answer.ok ? undefined : { reason: String(answer.status), waitSeconds: retryAfter(answer.headers) };
  } catch (error) {
    const { name, cause } = error as Error;
    return { reason: (cause as NodeJS.ErrnoException)?.code ?? name, waitSeconds: 0 };
  }
}

/** RFC 9110 §10.2.3: seconds or a date. */
function retryAfter(headers: Headers): number {
  const told = headers.get('retry-after') ?? '';
  const seconds = /^\d+$/.test(told) ? Number(told) : (Date.parse(told) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : 0;
}
