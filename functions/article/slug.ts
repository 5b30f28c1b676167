export const maxSlugLength = 100;
export const slugPattern = /^[a-z0-9]+(-[a-z0-9]+)*$/;

export function isSlug(text: string): boolean {
  return text.length <= maxSlugLength && slugPattern.test(text);
}
