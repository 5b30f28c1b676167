const longest = 2560;
const kept = ['image/jpeg', 'image/png', 'image/webp'];

/**
 * The picture upright, at most 2,560 pixels on its longest side and without its metadata. A GIF stays as it is, since it may move, and so
 * does a small AVIF, which browsers can read but not write. Any other such kind becomes JPEG. Rejects what is no picture.
 */
export async function shrinkPicture(file: Blob): Promise<Blob> {
  if (file.type === 'image/gif') return file;
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
  // The server takes off its metadata.
  if (file.type === 'image/avif' && Math.max(bitmap.width, bitmap.height) <= longest) return file;
  return draw(bitmap, kept.includes(file.type) ? file.type : 'image/jpeg');
}

/** The bytes of a picture of another site, where that site lets others have them. */
export async function fetchPicture(url: string): Promise<Blob> {
  const image = new Image();
  image.crossOrigin = 'anonymous';
  image.referrerPolicy = 'no-referrer';
  image.src = url;
  await image.decode();
  return draw(await createImageBitmap(image), /\.png\b/i.test(url) ? 'image/png' : 'image/jpeg');
}

function draw(bitmap: ImageBitmap, type: string): Promise<Blob> {
  const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser draws no pictures');
  if (type === 'image/jpeg') {
    context.fillStyle = '#fff';
    context.fillRect(0, 0, canvas.width, canvas.height);
  }
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('The picture could not be written'))),
      type,
      0.9,
    );
  });
}
