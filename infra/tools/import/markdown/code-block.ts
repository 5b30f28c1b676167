import { escapeHtml } from '../../../../functions/pull/feed-html.ts';

/** Code that a tag encloses, as a fenced block, or as HTML. */
export function codeBlock(code: string, language: string, isHtml: boolean): string {
  const lines = code.replace(/^\n|\n[ \t]*$/g, '');
  if (isHtml) return `<pre><code class="language-${language || 'text'}">${escapeHtml(lines)}</code></pre>`;
  const longest = Math.max(2, ...(lines.match(/`{3,}/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return `\n\n${fence}${language}\n${lines}\n${fence}\n\n`;
}
