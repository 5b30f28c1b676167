/** Drawn on 24 by 24. */
const paths = {
  bold: 'M7 4h6a4 4 0 0 1 0 8H7zM7 12h7a4 4 0 0 1 0 8H7z',
  italic: 'M10 4h8M6 20h8M14 4l-4 16',
  link: 'M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7L12 7M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7L12 17',
  heading2: 'M4 5v14M12 5v14M4 12h8M16 11a2.5 2.5 0 1 1 4.5 1.5L16 19h5',
  heading3: 'M4 5v14M12 5v14M4 12h8M16 9h5l-3 4a3 3 0 1 1-2.6 4.5',
  bulletList: 'M9 6h12M9 12h12M9 18h12M4 6h.01M4 12h.01M4 18h.01',
  orderedList: 'M10 6h11M10 12h11M10 18h11M4 4h1.5v5M4 9h3M4 14.5a1.5 1.5 0 0 1 3 .5c0 1-3 3-3 4h3',
  quote: 'M9 7H5v6h4zM9 13c0 2-1 4-4 4M19 7h-4v6h4zM19 13c0 2-1 4-4 4',
  code: 'M8 7l-5 5 5 5M16 7l5 5-5 5',
  rule: 'M3 12h18',
  picture: 'M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15 9h.01',
  camera: 'M4 8h3l2-3h6l2 3h3v11H4zM12 17a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z',
  document: 'M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6',
  undo: 'M9 7L4 12l5 5M4 12h10a6 6 0 0 1 6 6',
  redo: 'M15 7l5 5-5 5M20 12H10a6 6 0 0 0-6 6',
} as const;

export type IconName = keyof typeof paths;

export function icon(name: IconName): SVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  for (const [key, value] of Object.entries({
    viewBox: '0 0 24 24',
    width: '20',
    height: '20',
    'aria-hidden': 'true',
  }))
    svg.setAttribute(key, value);
  path.setAttribute('d', paths[name]);
  svg.append(path);
  return svg;
}
