import { useLayoutEffect, useRef } from 'preact/hooks';
import type { FormProps } from './article-form.tsx';
import { type BodyEditor, mountBodyEditor } from './body-editor.ts';
import { bodyEditorLabels } from './body-labels.ts';
import { type MarkdownEditor, mountMarkdownEditor } from './markdown-editor.ts';

/** The text in the form it is stored in: HTML in the rich editor, Markdown and plain text as they are written. */
export function BodyField(props: FormProps & { fault: string | undefined }) {
  const { article, api, edit, generation, notify, texts, fault, unsent } = props;
  const place = useRef<HTMLDivElement>(null);
  const form = article.markdown !== undefined ? 'markdown' : article.text !== undefined ? 'text' : 'html';
  // What the editors call is that of the newest rendering.
  const latest = useRef({ edit, notify, article, api });
  latest.current = { edit, notify, article, api };
  const { locale } = texts;

  useLayoutEffect(() => {
    const { current } = place;
    if (!current) return;
    let editor: BodyEditor | MarkdownEditor | undefined;
    const onChange = () => {
      if (!editor) return;
      latest.current.edit({ [form]: 'html' in editor ? editor.html() : editor.markdown() });
    };
    const common = {
      labels: bodyEditorLabels[locale],
      upload: (file: Blob, name: string, onProgress: (share: number) => void) =>
        latest.current.api.upload(file, name, onProgress),
      onChange,
      notify: (text: string) => latest.current.notify(text),
    };
    const { html = '', markdown, text } = latest.current.article;
    editor =
      form === 'html'
        ? mountBodyEditor(current, {
            ...common,
            html,
            onTitle: (title) => {
              if (latest.current.article.title) return false;
              latest.current.edit({ title });
              return true;
            },
          })
        : mountMarkdownEditor(current, { ...common, markdown: markdown ?? text ?? '' });
    unsent.current = () => editor?.unsentPictures() ?? 0;
    return () => editor?.destroy();
  }, [form, generation, locale]);

  return (
    <div class={fault ? 'field faulty' : 'field'}>
      <span class="label">{form === 'markdown' ? texts.markdown : texts.text}</span>
      <div ref={place} />
      {fault && <p class="fault">{fault}</p>}
    </div>
  );
}
