import { type Picture, previewOf, sizesOf } from '../article/picture.ts';
import { callBucket } from '../store/bucket.ts';
import type { Store } from '../store/connection.ts';
import { dropPicture, findPicture, readShowing } from '../store/pictures.ts';
import { RefusedPictureError } from './inspect-picture.ts';

const namedArticles = 5;

/**
 * Deletes a picture and all that it was under this name, with every size. False if there is none. Throws RefusedPictureError while an
 * article shows it; one that is stored in the same moment is not seen.
 */
export async function deletePicture(store: Store, name: string): Promise<boolean> {
  const picture = await findPicture(store, name);
  if (!picture) return false;
  const slugs = (await readShowing(store, [name])).get(name) ?? [];
  if (slugs.length > 0) throw new RefusedPictureError(describeUse(slugs), 'in-use');
  // First, so that no article is stored with it any more.
  await dropPicture(store, name);
  for (const path of [picture, ...(picture.former ?? [])].flatMap(filesOf))
    await callBucket({ method: 'DELETE', key: path.slice(1) });
  return true;
}

function filesOf(picture: Picture): string[] {
  const preview = previewOf(picture);
  return [picture, ...sizesOf(picture), ...(preview ? [preview] : [])].map(({ path }) => path);
}

function describeUse(slugs: string[]): string {
  const more = slugs.length - namedArticles;
  const named = slugs.slice(0, namedArticles).join(', ');
  return `is shown by ${named}${more > 0 ? ` and ${more} more` : ''}: take it out of their texts first`;
}
