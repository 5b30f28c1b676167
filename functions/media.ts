import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyEventV2, Context as LambdaContext } from 'aws-lambda';
import { type Context, Hono } from 'hono';
import type { PictureJson } from './api/answers.ts';
import { honoPath, writeRoutes } from './api/routes.ts';
import { sizesOf } from './article/picture.ts';
import { deletePicture } from './media/delete-picture.ts';
import { importPictures } from './media/import-pictures.ts';
import { maxPictureBytes, RefusedPictureError } from './media/inspect-picture.ts';
import { storePicture } from './media/store-picture.ts';
import { takeCopies } from './media/take-copies.ts';
import { loadJson } from './runtime/content.ts';
import { requireSetting, setting } from './runtime/environment.ts';
import { answerEvent } from './runtime/lambda.ts';
import { logger, logInvocation } from './runtime/log.ts';
import { failureResponse, problemResponse } from './runtime/problem.ts';
import { readObject, signAddress, signedSeconds } from './store/bucket.ts';
import { connectStore, limitCalls, type Store } from './store/connection.ts';
import { readPictures, type StoredPicture } from './store/pictures.ts';

export interface MediaBackend {
  store: Store;
  /** The site's origin, without a slash at the end. */
  baseUrl: string;
  /** ISO 8601 in UTC with milliseconds. */
  now: () => string;
}

const pageSize = 100;
const oneFile = honoPath(writeRoutes.picture);
const draftFile = honoPath(writeRoutes.draftPicture);

/** The signed API of pictures. API Gateway has checked the signature already. */
export function media({ store, baseUrl, now }: MediaBackend): Hono {
  const app = new Hono();

  const describe = (picture: StoredPicture): PictureJson => {
    const { name, path, type, length, width, height, storedAt } = picture;
    const sizes = sizesOf(picture);
    return { name, path, url: baseUrl + path, type, length, width, height, sizes, storedAt };
  };

  app.get(writeRoutes.pictures, async (c) => {
    const cursor = c.req.query('cursor');
    const after = cursor === undefined ? undefined : Buffer.from(cursor, 'base64url').toString();
    if (after !== undefined && !/^[a-z0-9][a-z0-9._-]{0,200}$/.test(after))
      return problemResponse('unreadable-address');
    const { pictures, next } = await readPictures(store, { limit: pageSize, after });
    const link = next && `${writeRoutes.pictures}?cursor=${Buffer.from(next).toString('base64url')}`;
    return c.json({ items: pictures.map(describe), next: link ?? null });
  });

  const put = (options: { onlyNew: boolean }) => async (c: Context) => {
    const written = c.req.param('file') ?? '';
    const isAsking = /^application\/json\b/i.test(c.req.header('content-type') ?? '');
    const asked = isAsking ? await readUpload(await c.req.text()) : undefined;
    if (asked && 'length' in asked) return c.json(await openUpload(asked), 202);
    const bytes = asked ? await readUploaded(asked.upload) : Buffer.from(await c.req.arrayBuffer());
    const { outcome, picture } = await storePicture(store, { bytes, written, now: now(), ...options });
    const status = outcome === 'created' ? 201 : 200;
    return c.json({ outcome, ...describe(picture) }, status, { Location: picture.path });
  };
  app.put(oneFile, put({ onlyNew: false }));
  app.put(draftFile, put({ onlyNew: true }));

  app.delete(oneFile, async (c) =>
    (await deletePicture(store, c.req.param('file') ?? ''))
      ? c.body(null, 204)
      : problemResponse('not-found', { detail: 'There is no picture of this name. GET /media lists them.' }),
  );

  app.all(draftFile, () => problemResponse('wrong-method', {}, { Allow: 'PUT' }));
  app.all(oneFile, () => problemResponse('wrong-method', {}, { Allow: 'PUT, DELETE' }));
  app.all(`${oneFile}/*`, () =>
    problemResponse('not-found', { detail: 'The name of a picture has no slashes.' }),
  );
  app.all(writeRoutes.pictures, () => problemResponse('wrong-method', {}, { Allow: 'GET' }));
  app.notFound(() => problemResponse('not-found'));
  app.onError((error) => {
    if (error instanceof RefusedPictureError)
      return error.kind === 'faulty-fields'
        ? problemResponse(error.kind, { errors: [{ pointer: '', message: error.message }] })
        : problemResponse(error.kind, { detail: `The picture ${error.message}.` });
    logger.error('A request failed', { error });
    return failureResponse(error);
  });
  return app;
}

type Asked = { length: number; type: string } | { upload: string };

function readUpload(text: string): Asked {
  let value: Partial<Record<string, unknown>> = {};
  try {
    value = Object(JSON.parse(text));
  } catch {
    throw new RefusedPictureError('is announced by a body that is no JSON', 'faulty-fields');
  }
  const { length, type, upload } = value;
  if (typeof upload === 'string' && /^[0-9a-f-]{36}$/.test(upload)) return { upload };
  if (!Number.isInteger(length) || Number(length) < 1 || !/^image\/[a-z]{3,5}$/.test(String(type)))
    throw new RefusedPictureError(
      'is announced by {"length": <bytes>, "type": "image/jpeg"}, and taken over by {"upload": <its id>}',
      'faulty-fields',
    );
  if (Number(length) > maxPictureBytes)
    throw new RefusedPictureError(`is larger than ${maxPictureBytes / 1e6} MB`, 'too-large');
  return { length: Number(length), type: String(type) };
}

/** An address that takes this many bytes of this type, and nothing else. */
async function openUpload({ length, type }: { length: number; type: string }) {
  const upload = randomUUID();
  const headers = { 'content-length': String(length), 'content-type': type };
  return {
    upload,
    url: await signAddress('PUT', `uploads/${upload}`, headers),
    method: 'PUT' as const,
    headers,
    seconds: signedSeconds,
  };
}

async function readUploaded(upload: string): Promise<Buffer> {
  const object = await readObject(`uploads/${upload}`);
  if (!object)
    throw new RefusedPictureError(
      'has not arrived at the address of its upload, or is more than a day old',
      'faulty-fields',
    );
  return Buffer.from(await object.arrayBuffer());
}

let app: Hono | undefined;

/** Of an import: enough to end the picture that was begun, and to keep how far it is. */
const reserveMilliseconds = 60_000;
/** Of a request: API Gateway waits a second longer. */
const requestMilliseconds = 29_000;

/** Answers a request; without one, as after a deployment and every minute, takes over the pictures of content/media, then those of feeds. */
export function handler(
  event: APIGatewayProxyEventV2 | { source?: string } | undefined,
  context: LambdaContext,
) {
  if (!event || !('requestContext' in event)) {
    logInvocation(context);
    limitCalls(context);
    return takePictures(context.getRemainingTimeInMillis() - reserveMilliseconds);
  }
  logInvocation(context, event);
  limitCalls({ getRemainingTimeInMillis: () => requestMilliseconds });
  app ??= media({
    store: connectStore(),
    baseUrl: requireSetting(setting.baseUrl),
    now: () => new Date().toISOString(),
  });
  return answerEvent(app, event);
}

async function takePictures(milliseconds: number): Promise<void> {
  const store = connectStore();
  const end = performance.now() + milliseconds;
  const now = () => new Date().toISOString();
  const imported = await importPictures(store, {
    keys: loadJson('pictures.json'),
    assets: { name: requireSetting(setting.assetsBucket), host: requireSetting(setting.assetsHost) },
    milliseconds,
    now,
    report: (name, error) => {
      const file = `media/${name}`;
      if (error instanceof RefusedPictureError)
        logger.error('A picture is not published', { file, why: error.message });
      else logger.error('A picture waits for the next run', { file, error: error as Error });
    },
  });
  if (imported) logger.info('Pictures of content/media stored', imported);
  await takeCopies(store, {
    mayGoOn: () => performance.now() < end,
    now,
    report: (name, error) =>
      logger.error('A picture waits for the next run', { name, error: error as Error }),
  });
}
