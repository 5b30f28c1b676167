import { join } from 'node:path';
import { contentFolder, png } from '../infra/content-folder.ts';
import { hasPicture, picturePath, wordPressExport } from './wordpress-export.ts';

/** An export of so many posts, and a folder with their pictures, of which no two are the same. */
export function wordPressFolder(posts: number): { file: string; pictures: string } {
  const pictures = Array.from({ length: posts }, (_, index) => index).filter(hasPicture);
  const folder = contentFolder({
    'old.xml': [...wordPressExport(posts)].join(''),
    ...Object.fromEntries(
      pictures.map((index) => [
        picturePath(index).replace(/^\/wp-content/, ''),
        Buffer.concat([png, Buffer.from(String(index))]),
      ]),
    ),
  });
  return { file: join(folder, 'old.xml'), pictures: join(folder, 'uploads') };
}
