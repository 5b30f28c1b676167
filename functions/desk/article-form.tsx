import { useState } from 'preact/hooks';
import type { Api, Fault } from './api.ts';
import type { ArticleBody } from './article-body.ts';
import { BodyField } from './body-field.tsx';
import { ListField, TextField } from './fields.tsx';
import { LeadPicture } from './lead-picture.tsx';
import type { DeskMessages } from './messages.ts';
import type { DeskSettings } from './settings.ts';
import { localTime, moment } from './times.ts';

export interface FormProps {
  article: ArticleBody;
  edit(change: Partial<ArticleBody>): void;
  faults: Fault[];
  /** Another number is another text, which the editors take up. */
  generation: number;
  api: Api;
  settings: DeskSettings;
  texts: DeskMessages;
  /** Of a new article; undefined for one whose address stands. */
  slug?: { value: string; set(value: string): void } | undefined;
  known: { categories: string[] };
  notify(text: string): void;
  /** Answers how many pictures of the text are not on the site yet: the text is without them. */
  unsent: { current: () => number };
}

/** What an article has, the text first. */
export function ArticleForm(props: FormProps) {
  const { article, edit, faults, generation, settings, texts, slug, known } = props;
  const { timeZone } = settings;
  const faultOf = (...pointers: string[]) =>
    faults
      .filter(({ pointer }) => pointers.some((one) => pointer === one || pointer.startsWith(`${one}/`)))
      .map(({ message }) => message)
      .join(' ') || undefined;
  const source = (change: Partial<NonNullable<ArticleBody['source']>>) =>
    edit({ source: { ...article.source, name: article.source?.name ?? '', ...change } });
  const isMore = ['/source', '/original', '/language', '/slug', '/aliases', '/corrections'].some((one) =>
    faultOf(one),
  );
  const [isOpen, setOpen] = useState(false);
  return (
    <div class="form">
      <TextField
        label={texts.title}
        value={article.title}
        onInput={(title) => edit({ title })}
        fault={faultOf('/title')}
      />
      <BodyField {...props} fault={faultOf('/html', '/markdown', '/text')} />
      <TextField
        label={texts.summary}
        hint={texts.summaryHint}
        rows={3}
        value={article.summary}
        onInput={(summary) => edit({ summary })}
        fault={faultOf('/summary')}
      />
      <LeadPicture {...props} fault={faultOf('/image')} />
      <div class="columns">
        <TextField
          label={texts.category}
          value={article.category}
          suggestions={known.categories}
          onInput={(category) => edit({ category })}
          fault={faultOf('/category')}
        />
        <ListField
          key={`tags${generation}`}
          label={texts.tags}
          hint={texts.commas}
          value={article.tags}
          onInput={(tags) => edit({ tags })}
          fault={faultOf('/tags')}
        />
        <ListField
          key={`authors${generation}`}
          label={texts.authors}
          hint={texts.commas}
          value={article.authors}
          onInput={(authors) => edit({ authors })}
          fault={faultOf('/authors')}
        />
        <TextField
          label={texts.when.replace('{zone}', timeZone)}
          hint={texts.whenHint}
          type="datetime-local"
          value={article.publishedAt && localTime(article.publishedAt, timeZone)}
          onInput={(local) => edit({ publishedAt: local && moment(local, timeZone) })}
          fault={faultOf('/publishedAt')}
        />
      </div>
      <details open={isOpen || isMore} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>{texts.more}</summary>
        <div class="columns">
          <TextField
            label={texts.source}
            value={article.source?.name}
            onInput={(name) => source({ name })}
            fault={faultOf('/source')}
          />
          <TextField
            label={texts.sourceUrl}
            type="url"
            value={article.source?.url}
            onInput={(url) => source({ url })}
          />
          <TextField
            label={texts.credit}
            value={article.source?.credit}
            onInput={(credit) => source({ credit })}
          />
          <TextField
            label={texts.original}
            type="url"
            value={article.original}
            onInput={(original) => edit({ original })}
            fault={faultOf('/original')}
          />
          <TextField
            label={texts.language}
            value={article.language}
            suggestions={[settings.language, 'en', 'zh-CN', 'de', 'fr', 'es']}
            onInput={(language) => edit({ language })}
            fault={faultOf('/language')}
          />
          {slug && (
            <TextField
              label={texts.slug}
              hint={texts.slugHint}
              value={slug.value}
              onInput={slug.set}
              fault={faultOf('/slug')}
            />
          )}
          <ListField
            key={`aliases${generation}`}
            label={texts.aliases}
            hint={texts.commas}
            value={article.aliases}
            onInput={(aliases) => edit({ aliases })}
            fault={faultOf('/aliases')}
          />
        </div>
        <Corrections {...props} fault={faultOf('/corrections')} />
      </details>
    </div>
  );
}

function Corrections({ article, edit, texts, settings, fault }: FormProps & { fault: string | undefined }) {
  const { corrections = [] } = article;
  return (
    <fieldset>
      <legend>{texts.corrections}</legend>
      {corrections.map(({ at, text }, index) => (
        <TextField
          label={localTime(at, settings.timeZone).replace('T', ' ')}
          value={text}
          onInput={(written) => edit({ corrections: corrections.with(index, { at, text: written }) })}
          fault={index === 0 ? fault : undefined}
        />
      ))}
      <button
        type="button"
        onClick={() => edit({ corrections: [...corrections, { at: new Date().toISOString(), text: '' }] })}
      >
        {texts.addCorrection}
      </button>
    </fieldset>
  );
}
