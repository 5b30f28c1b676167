import * as z from 'zod';

const text = z.string();
const count = z.int().min(0);
const positive = z.int().min(1);

const size = { type: text, width: positive, height: positive };

const picture = {
  name: text.meta({ description: '`/media/` and the name lead to it, also after it is replaced' }),
  path: text.meta({ description: 'With a hash of its content, which never changes there' }),
  url: z.url(),
  ...size,
  length: positive.meta({ description: 'Bytes' }),
  sizes: z.array(z.strictObject({ path: text, ...size })),
  storedAt: z.iso.datetime({ offset: true }),
};

/** An article's, of the site's own or from elsewhere. */
export const articleImage = z.strictObject({
  url: z.url(),
  ...{ alt: text.optional(), caption: text.optional(), credit: text.optional() },
  width: count.optional(),
  height: count.optional(),
  type: text.optional(),
  length: count.optional().meta({ description: 'Bytes' }),
  sizes: z
    .array(z.strictObject({ url: z.url(), ...size }))
    .optional()
    .meta({ description: "Of one of the site's own, smallest first" }),
});

/** Every JSON answer about pictures, and the body that announces one. */
export const pictureSchemas = {
  Picture: z.strictObject(picture),
  SavedPicture: z.strictObject({ outcome: z.enum(['created', 'replaced', 'unchanged']), ...picture }),
  PictureList: z.strictObject({
    items: z.array(z.strictObject(picture)),
    next: text.nullable().meta({ description: 'The path of the next page' }),
  }),
  UploadBody: z.union([
    z.strictObject({ length: positive.max(50_000_000).meta({ description: 'Bytes' }), type: text }),
    z.strictObject({ upload: text.meta({ description: 'The id of an upload that has been sent' }) }),
  ]),
  Upload: z.strictObject({
    upload: text.meta({ description: 'Its id' }),
    url: z.url().meta({ description: 'Takes the bytes, without any other signature' }),
    method: z.literal('PUT'),
    headers: z.record(text, text).meta({ description: 'To be sent as they are' }),
    seconds: positive.meta({ description: 'For which the address holds' }),
  }),
};
