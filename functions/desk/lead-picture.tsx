import { useState } from 'preact/hooks';
import type { FormProps } from './article-form.tsx';
import { fileName } from './body/file-name.ts';
import { shrinkPicture } from './body/shrink-picture.ts';
import { TextField } from './fields.tsx';

/** The picture above the text, with what is to be said of it. */
export function LeadPicture({
  article,
  edit,
  api,
  settings,
  texts,
  fault,
}: FormProps & { fault: string | undefined }) {
  const [share, setShare] = useState<number>();
  const [failure, setFailure] = useState('');
  const { image } = article;

  async function send(file: File | undefined): Promise<void> {
    if (!file) return;
    setFailure('');
    setShare(0);
    try {
      const small = await shrinkPicture(file);
      const { path } = await api.upload(small, await fileName(file.name, small), setShare);
      edit({ image: { ...image, url: path } });
    } catch (error) {
      setFailure(`${texts.failed}: ${(error as Error).message}`);
    } finally {
      setShare(undefined);
    }
  }

  const set = (change: object) => image && edit({ image: { ...image, ...change } });
  return (
    <fieldset class="lead">
      <legend>{texts.picture}</legend>
      {image && <img src={new URL(image.url, settings.siteUrl).href} alt={image.alt ?? ''} />}
      <label class="button">
        {texts.choosePicture}
        <input
          type="file"
          accept="image/*"
          onChange={({ currentTarget }) => void send(currentTarget.files?.[0])}
        />
      </label>
      {share !== undefined && <progress value={share} aria-label={texts.picture} />}
      {(failure || fault) && (
        <p class="fault" role="alert">
          {failure || fault}
        </p>
      )}
      {image && (
        <>
          <TextField label={texts.alt} value={image.alt} onInput={(alt) => set({ alt })} />
          <TextField label={texts.caption} value={image.caption} onInput={(caption) => set({ caption })} />
          <TextField label={texts.pictureCredit} value={image.credit} onInput={(credit) => set({ credit })} />
          <button type="button" onClick={() => edit({ image: undefined })}>
            {texts.removePicture}
          </button>
        </>
      )}
    </fieldset>
  );
}
