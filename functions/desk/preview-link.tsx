import { useState } from 'preact/hooks';
import type { PreviewProps } from './preview.tsx';

/** Copies the address at which people without an account read what is saved. */
export function PreviewLink({ slug, api, settings, labels }: Omit<PreviewProps, 'article'>) {
  const [told, setTold] = useState('');
  const [url, setUrl] = useState('');

  async function copy() {
    setTold('');
    const given = slug === undefined ? { text: labels.saveFirst, url: undefined } : await askLink(slug);
    if (given.url === undefined) return setTold(given.text);
    setUrl(given.url);
    const isCopied = await navigator.clipboard.writeText(given.url).then(
      () => true,
      () => false,
    );
    setTold(isCopied ? given.text : labels.copy);
  }

  async function askLink(slug: string): Promise<{ text: string; url?: string }> {
    try {
      const { status, body } = await api.call('POST', `/articles/${slug}/preview`);
      if (status === 200) return { text: labels.copied, url: (body as { url: string }).url };
      if (status === 409) return { text: labels.copiedPublic, url: `${settings.siteUrl}/news/${slug}` };
      return { text: status === 404 ? labels.saveFirst : labels.linkFailed };
    } catch {
      return { text: labels.linkFailed };
    }
  }

  return (
    <div class="preview-link">
      <button type="button" onClick={copy}>
        {labels.link}
      </button>
      <span role="status">{told || <small>{labels.linkHint}</small>}</span>
      {url && (
        <input
          readOnly
          value={url}
          aria-label={labels.link}
          onFocus={(event) => event.currentTarget.select()}
        />
      )}
    </div>
  );
}
