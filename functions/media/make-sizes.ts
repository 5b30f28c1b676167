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
  const make = (wanted: number, extension: 'webp' | 'jpg'): Made[] => {
    const made = Math.min(wanted, width);
    if ((made / width) * height > longestSide) return [];
    // Reads only as much of a JPEG as the width needs.
    const image = vips.Image.thumbnailBuffer(bytes, made, {
      height: longestSide,
      size: 'down',
      output_profile: 'srgb',
      fail_on: 'truncated',
    });
    try {
      const options = extension === 'webp' ? { Q: 78, effort: 4 } : { Q: 80, background: [255, 255, 255] };
      return [
        { width: made, extension, bytes: image.writeToBuffer(`.${extension}`, { ...options, keep: 'none' }) },
      ];
    } finally {
      image.delete();
    }
  };
  try {
    const wanted = isAnimated ? [] : widthsFor(width);
    return wanted.flatMap((each) => make(each, 'webp')).concat(make(previewWidth, 'jpg'));
  } catch {
    // A codec that ran out of memory is of no use any more.
    loading = undefined;
    vips.shutdown();
    throw damaged();
  }
}
