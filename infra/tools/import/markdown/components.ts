import { escapeHtml } from '../../../../functions/pull/feed-html.ts';
import { readTag } from './tag-arguments.ts';
import { writeKnownTag } from './tags.ts';
import { namedValue, type Writing } from './writing.ts';

const importLine = /^import\s+(\w+)\s+from\s+["']([^"'\n]+)["'];?[ \t]*$/gm;
const moduleCode =
  /^(?:import\s[^\n]*\sfrom\s+["'][^"'\n]+["'];?|import\s+["'][^"'\n]+["'];?|export\s(?:const|let|function|default|async)\b[^\n]*(?:\n(?![ \t]*\n)[^\n]*)*)[ \t]*$/gm;

/** MDX: without its imports and exports, its components as what they show or what they enclose. */
export function componentsIn(writing: Writing): (part: string) => string {
  if (!writing.page.path.endsWith('.mdx')) return (part) => part;
  const code = [...writing.page.body.matchAll(importLine)];
  const imported = new Map(code.map(([, name = '', path = '']) => [name, path]));
  return (part) =>
    rewriteBraces(part.replace(moduleCode, ''), {
      tag: (inside) => writeTag(inside, imported, writing),
      expression: (inside) => writeExpression(inside, writing),
    });
}

/** Calls for each tag and each expression in braces; what is never closed stays as it is. Linear. */
function rewriteBraces(
  text: string,
  on: { tag(inside: string): string; expression(inside: string): string },
): string {
  const parts: string[] = [];
  let done = 0;
  const opening = /<(?=[/>A-Za-z])|(?<!\\)\{/g;
  const unclosed = new Set<string>();
  for (let match = opening.exec(text); match; match = opening.exec(text)) {
    const isTag = match[0] === '<';
    const end = unclosed.has(match[0]) ? undefined : closingOf(text, match.index + 1, isTag);
    if (end === undefined) {
      unclosed.add(match[0]);
      continue;
    }
    const inside = text.slice(match.index + 1, end);
    parts.push(text.slice(done, match.index), isTag ? on.tag(inside) : on.expression(inside));
    done = end + 1;
    opening.lastIndex = done;
  }
  parts.push(text.slice(done));
  return parts.join('');
}

/** Of a tag the `>` outside of its values, else the brace that closes the first one. */
function closingOf(text: string, from: number, isTag: boolean): number | undefined {
  let depth = isTag ? 0 : 1;
  const signs = /"[^"]*"|'[^'\n]*'|[{}>]/g;
  signs.lastIndex = from;
  for (let match = signs.exec(text); match; match = signs.exec(text)) {
    if (match[0] === '{') depth += 1;
    if (match[0] === '}') depth -= 1;
    if (isTag ? match[0] === '>' && depth === 0 : depth === 0) return match.index;
  }
  return undefined;
}

function writeTag(inside: string, imported: Map<string, string>, writing: Writing): string {
  if (/^[a-z]/.test(inside) && /^https?:|^mailto:/.test(inside)) return `<${inside}>`;
  const values = withValues(inside, imported, writing);
  const [, slash = '', name = ''] = /^(\/?)\s*([\w.]*)/.exec(inside) ?? [];
  if (/^[a-z]/.test(name)) return `<${values.replace(/\bclassName=/g, 'class=')}>`;
  if (name === '' || name === 'Fragment') return '';
  if (slash) return writeKnownTag({ name: `/${name}`, named: {}, positional: [] }) ?? '';
  const known = writeKnownTag(readTag(values.replace(/\/$/, '')));
  if (known !== undefined) return known;
  writing.note(`the component <${name}> is left out`);
  return '';
}

/** Values in braces as text: those that are, and pictures that are imported. Others are left out. */
function withValues(inside: string, imported: Map<string, string>, writing: Writing): string {
  return inside.replace(
    /\s([\w:-]+)=\{((?:[^{}]|\{[^{}]*\}){0,5000})\}/g,
    (_, attribute: string, value: string) => {
      const name = value.trim();
      const found =
        imported.get(name.replace(/\.src$/, '')) ??
        literalIn(name) ??
        (/^[\w.]+$/.test(name) ? namedValue(name, writing) : undefined);
      return found === undefined ? '' : ` ${attribute}="${escapeHtml(found)}"`;
    },
  );
}

function writeExpression(inside: string, writing: Writing): string {
  const code = inside.trim();
  if (/^\/\*[\s\S]*\*\/$/.test(code) || code === '') return '';
  const value = literalIn(code) ?? (/^[\w.]+$/.test(code) ? namedValue(code, writing) : undefined);
  if (value === undefined) writing.note(`{${code.replace(/\s+/g, ' ').slice(0, 60)}} is left out`);
  return value ?? '';
}

function literalIn(code: string): string | undefined {
  const [, double, single, template] = /^(?:"([^"]*)"|'([^']*)'|`([^`$]*)`)$/.exec(code) ?? [];
  return double ?? single ?? template;
}
