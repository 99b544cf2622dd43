import { parseColour, type Rgb } from './colour.ts';

/** What a series stands for; each theme gives it one of VS Code's chart colours. */
export type SeriesColour = 'blue' | 'red' | 'yellow' | 'green' | 'purple' | 'orange';

/** Colours of the running theme, as CSS text and where arithmetic is done as RGB. */
export interface Theme {
  readonly dark: boolean;
  readonly highContrast: boolean;
  readonly fontFamily: string;
  readonly foreground: string;
  readonly muted: string;
  readonly background: string;
  readonly grid: string;
  readonly focus: string;
  readonly hover: { readonly background: string; readonly border: string; readonly foreground: string };
  readonly series: Readonly<Record<SeriesColour, string>>;
  readonly rgb: { readonly background: Rgb; readonly foreground: Rgb; readonly blue: Rgb };
}

export interface ThemeSource {
  readonly current: () => Theme;
  /** Calls back after each change of theme; the result ends it. */
  readonly onChange: (listener: () => void) => () => void;
}

/**
 * VS Code puts the theme's colours as `--vscode-*` on the root element and its kind as a class on the body, and
 * changes both in place when the user switches themes.
 */
export function watchTheme(): ThemeSource {
  const listeners = new Set<() => void>();
  let theme = readTheme();
  let scheduled = false;
  const observer = new MutationObserver(() => {
    // A switch of themes touches several attributes: answer them once.
    if (scheduled) return;
    scheduled = true;
    requestAnimationFrame(() => {
      scheduled = false;
      theme = readTheme();
      for (const listener of listeners) listener();
    });
  });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
  observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'style', 'data-vscode-theme-kind'] });
  return {
    current: () => theme,
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function faint(dark: boolean, highContrast: boolean): string {
  const channel = dark ? 255 : 0;
  return `rgba(${channel},${channel},${channel},${highContrast ? 0.3 : 0.08})`;
}

function readTheme(): Theme {
  const kinds = document.body.classList;
  const highContrast = kinds.contains('vscode-high-contrast') || kinds.contains('vscode-high-contrast-light');
  const dark = !kinds.contains('vscode-light') && !kinds.contains('vscode-high-contrast-light');
  const styles = getComputedStyle(document.body);
  const pick = (otherwise: string, ...names: readonly string[]): string => {
    for (const name of names) {
      const value = styles.getPropertyValue(`--vscode-${name}`).trim();
      if (value !== '') return value;
    }
    return otherwise;
  };
  const foreground = pick(dark ? '#cccccc' : '#3b3b3b', 'foreground', 'editor-foreground');
  const background = pick(dark ? '#1f1f1f' : '#ffffff', 'editor-background');
  const blue = pick(dark ? '#3794ff' : '#1a85ff', 'charts-blue');
  return {
    dark,
    highContrast,
    fontFamily: pick('system-ui, sans-serif', 'font-family'),
    foreground,
    muted: highContrast ? foreground : pick(foreground, 'descriptionForeground'),
    background,
    grid: faint(dark, highContrast),
    focus: pick(blue, 'contrastActiveBorder', 'focusBorder'),
    hover: {
      background: pick(background, 'editorHoverWidget-background', 'editorWidget-background'),
      border: pick(foreground, 'contrastBorder', 'editorHoverWidget-border', 'editorWidget-border'),
      foreground: pick(foreground, 'editorHoverWidget-foreground', 'foreground'),
    },
    series: {
      blue,
      red: pick(dark ? '#f14c4c' : '#e51400', 'charts-red'),
      yellow: pick(dark ? '#cca700' : '#bf8803', 'charts-yellow'),
      green: pick(dark ? '#89d185' : '#388a34', 'charts-green'),
      purple: pick(dark ? '#b180d7' : '#652d90', 'charts-purple'),
      orange: pick('#d18616', 'charts-orange'),
    },
    rgb: {
      background: parseColour(background) ?? (dark ? [31, 31, 31] : [255, 255, 255]),
      foreground: parseColour(foreground) ?? (dark ? [204, 204, 204] : [59, 59, 59]),
      blue: parseColour(blue) ?? [55, 148, 255],
    },
  };
}
