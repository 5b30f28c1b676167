interface Policy {
  createHTML(html: string): string;
}

const { trustedTypes } = globalThis as {
  trustedTypes?: { createPolicy(name: string, rules: Policy): Policy };
};

// The one place where a text becomes elements. A parser's document runs no script and loads nothing.
const policy = trustedTypes?.createPolicy('desk', { createHTML: (html) => html });

/** For a sandboxed frame, in which nothing runs either. */
export function trusted(html: string): string {
  return policy ? policy.createHTML(html) : html;
}

/**
 * A document that is shown nowhere: whoever shows a part of it takes `copyAllowed`. Styles, handlers and bases,
 * which do nothing there but are reported against the page's policy, have other names: `data-style`, `data-on…`.
 */
export function parseInert(html: string): Document {
  const quiet = html
    .replace(/<(\/?)style\b/gi, '<$1template')
    .replace(/<base\b/gi, '<meta')
    // A field of a form can take the name of what is asked of the form itself.
    .replace(/<(\/?)form\b/gi, '<$1div')
    .replace(/<[a-z](?:[^<>"']|"[^"]*"|'[^']*')*/gi, (tag) =>
      tag.replace(/"[^"]*"|'[^']*'|(?<=[\s"'/])(style|on[a-z]+)(?=\s*=)/gi, (part, name) =>
        name ? `data-${part}` : part,
      ),
    );
  return new DOMParser().parseFromString(trusted(quiet), 'text/html');
}
