import type { Severity } from '../../src/model/severity.ts';

export type IconName = Severity | 'ok' | 'unread' | 'file' | 'arrow' | 'chevron' | 'camera' | 'save' | 'copy';

/** Outlines on a 16 x 16 grid, drawn in the colour of the text around them. */
const outlines: Readonly<Record<IconName, string>> = {
  crit: 'M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 0 1 0-13Z M5.5 5.5l5 5 M10.5 5.5l-5 5',
  warn: 'M8 2 14.5 13.5H1.5Z M8 6.3v3.4 M8 11.4v.6',
  info: 'M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 0 1 0-13Z M8 7.2v4 M8 4.6v.6',
  ok: 'M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 0 1 0-13Z M5 8.3l2.1 2.1L11 6',
  unread: 'M5.5 8h5 M4.5 2.5h7a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2h-7a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2Z',
  file: 'M9.5 1.5h-6v13h9v-10Z M9.5 1.5v3h3 M5.5 8h5 M5.5 11h5',
  arrow: 'M2.5 8h11 M9.5 4l4 4-4 4',
  chevron: 'M6 3.5 10.5 8 6 12.5',
  camera: 'M1.5 4.5h3l1.2-2h4.6l1.2 2h3v9h-13Z M8 6.2a2.6 2.6 0 1 1 0 5.2a2.6 2.6 0 0 1 0-5.2Z',
  copy: 'M5.5 4.5v-3h9v10h-4 M1.5 4.5h9v10h-9Z',
  save: 'M2.5 2.5h9l2 2v9h-11Z M5 2.5v3.5h5V2.5 M4.5 13.5V9h7v4.5',
};

const svgNamespace = 'http://www.w3.org/2000/svg';

/** Decoration for the words beside it: hidden from screen readers, so never the only carrier of a meaning. */
export function icon(name: IconName): SVGElement {
  const svg = document.createElementNS(svgNamespace, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('class', `icon icon-${name}`);
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(svgNamespace, 'path');
  path.setAttribute('d', outlines[name]);
  svg.append(path);
  return svg;
}
