type Colour = [number, number, number];

/** The pages' background in light and dark mode, for the stylesheet too. */
export const paper = { light: '#fcfbf8', dark: '#16181b' };

const defaultAccent = '#9c2b1f';
const black: Colour = [0, 0, 0];
const white: Colour = [255, 255, 255];
// WCAG 2.2 §1.4.3 asks for 4.5; the rest is for rounding.
const minContrast = 4.6;

/** The colours nearest to the wished one in which text on light and on dark paper is readable. */
export function accentOn(wished: string = defaultAccent): { light: string; dark: string } {
  return { light: readable(wished, paper.light, black), dark: readable(wished, paper.dark, white) };
}

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio of two colours, #rrggbb. */
export function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [one, other]
    .map((colour) => luminance(parseColour(colour)))
    .sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function readable(wished: string, background: string, towards: Colour): string {
  const steps = Array.from({ length: 51 }, (_, step) => mix(parseColour(wished), towards, step / 50));
  return steps.find((colour) => contrast(colour, background) >= minContrast) ?? formatColour(towards);
}

function luminance(colour: Colour): number {
  const [red = 0, green = 0, blue = 0] = colour
    .map((channel) => channel / 255)
    .map((channel) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function mix(from: Colour, to: Colour, part: number): string {
  return formatColour(
    from.map((channel, index) => Math.round(channel + ((to[index] ?? 0) - channel) * part)),
  );
}

function parseColour(colour: string): Colour {
  const number = Number.parseInt(colour.slice(1), 16);
  return [number >> 16, (number >> 8) & 255, number & 255];
}

function formatColour(channels: number[]): string {
  return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}
