const longest = 2560;
const kept = ['image/jpeg', 'image/png', 'image/webp'];

/**
 * The picture upright, at most 2,560 pixels on its longest side and without its metadata. A GIF stays as it is, since it may move, and so
 * does a small AVIF, which browsers can read but not write. Any other such kind becomes JPEG. Rejects what is no picture.
 */
export async function shrinkPicture(file: Blob): Promise<Blob> {
  if (file.type === 'image/gif') return file;
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
  const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
  // The server takes off its metadata.
  if (file.type === 'image/avif' && scale === 1) return file;
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser draws no pictures');
  const type = kept.includes(file.type) ? file.type : 'image/jpeg';
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
