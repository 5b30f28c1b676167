import type Vips from 'wasm-vips';
import { damaged } from './inspect-picture.ts';

export interface Made {
  width: number;
  extension: 'webp' | 'jpg';
  bytes: Uint8Array;
}

const widths = [480, 960, 1600];
const previewWidth = 1200;

function widthsFor(width: number): number[] {
  const narrower = widths.filter((each) => each <= width);
  // Its own width, where the next one below is much smaller: the original may have megabytes.
  return width < 1600 && width > (narrower.at(-1) ?? 0) * 1.2 ? [...narrower, width] : narrower;
}

/** A WebP has no side longer. */
const longestSide = 16_383;

/** The codec, which takes 5 MB and half a second to load. */
let loading: Promise<typeof Vips> | undefined;

function loadCodec(): Promise<typeof Vips> {
  loading ??= import('wasm-vips').then(async ({ default: load }) => {
    const vips = await load({ dynamicLibraries: ['vips-heif.wasm'] });
    // The function has one processor.
    vips.concurrency(1);
    return vips;
  });
  return loading;
}

/**
 * The picture in each width that screens ask for, none larger than itself, as WebP, and once as JPEG. Upright and in sRGB, without metadata. An
 * animation has the JPEG of its first frame alone. Throws RefusedPictureError.
 */
export async function makeSizes(
  bytes: Uint8Array,
  { width, height, isAnimated }: { width: number; height: number; isAnimated: boolean },
): Promise<Made[]> {
  const vips = await loadCodec();
  const limits = { height: longestSide, size: 'down' } as const;
  const wanted = isAnimated ? [] : widthsFor(width);
  const images: Vips.Image[] = [];
  const keep = (image: Vips.Image) => {
    images.push(image);
    return image;
  };
  try {
    // Decoded once, no larger than the widest; of a JPEG, no more is read than that needs.
    const widest = Math.min(width, Math.max(previewWidth, ...wanted));
    const loading = { ...limits, output_profile: 'srgb', fail_on: 'truncated' };
    const source = keep(keep(vips.Image.thumbnailBuffer(bytes, widest, loading)).copyMemory());
    const make = (wish: number, extension: Made['extension']): Made[] => {
      const made = Math.min(wish, width);
      if ((made / width) * height > longestSide) return [];
      const image = made === source.width ? source : keep(source.thumbnailImage(made, limits));
      const options = extension === 'webp' ? { Q: 78, effort: 4 } : { Q: 80, background: [255, 255, 255] };
      return [
        { width: made, extension, bytes: image.writeToBuffer(`.${extension}`, { ...options, keep: 'none' }) },
      ];
    };
    return wanted.flatMap((each) => make(each, 'webp')).concat(make(previewWidth, 'jpg'));
  } catch {
    // A codec that ran out of memory is of no use any more.
    loading = undefined;
    vips.shutdown();
    images.length = 0;
    throw damaged();
  } finally {
    for (const image of images) image.delete();
  }
}
