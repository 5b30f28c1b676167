import mammoth from 'mammoth';

export interface WordDocument {
  html: string;
  /** What the document holds and the HTML does not, by Word's names. */
  leftOut: string[];
}

// Beside those for headings, lists and notes that the library brings; styles have English names in every language of Word.
const styleMap = [
  "p[style-name='Title'] => h1:fresh",
  "p[style-name='Quote'] => blockquote > p:fresh",
  "p[style-name='Intense Quote'] => blockquote > p:fresh",
  "p[style-name='Block Text'] => blockquote > p:fresh",
  "p[style-name='HTML Preformatted'] => pre:separator('\\n')",
  "p[style-name='Caption'] => p:fresh",
  "r[style-name='Emphasis'] => em",
  "r[style-name='Strong'] => strong",
];

/** A .docx file as HTML, with its pictures in it. Rejects what is none. */
export async function readDocx(file: Blob): Promise<WordDocument> {
  const { value, messages } = await mammoth.convertToHtml(
    { arrayBuffer: await file.arrayBuffer() },
    { styleMap },
  );
  const names = messages.flatMap(({ message }) => /element was ignored: (.+)$/.exec(message)?.[1] ?? []);
  return { html: value, leftOut: [...new Set(names)] };
}
