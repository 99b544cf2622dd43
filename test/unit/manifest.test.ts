// What package.json promises to VS Code, held against the files and the code that must keep it.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };

const root = join(import.meta.dirname, '../..');
const code = globSync('src/**/*.ts', { cwd: root })
  .map((file) => readFileSync(join(root, file), 'utf8'))
  .join('\n');
const { contributes } = manifest;
const views = Object.values(contributes.views).flat();
const menuItems = Object.values(contributes.menus).flat();
/** Every string anywhere in the contributions, with the key that it stands under. */
const strings = [...stringsOf(contributes, '')];

function* stringsOf(value: unknown, key: string): Generator<[key: string, text: string]> {
  if (typeof value === 'string') yield [key, value];
  else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) yield* stringsOf(inner, Array.isArray(value) ? key : name);
  }
}

/** Contexts of our own that a condition tests: `packetPath.findings == none` -> `packetPath.findings`. */
function contextKeys(when: string): string[] {
  return when.split(/&&|\|\|/).flatMap((term) => /^\s*!?\s*(packetPath\.\S+)/.exec(term)?.[1] ?? []);
}

/** Keys that are read from `packetPath`'s configuration, at once or through a variable that holds it. */
function settingsRead(text: string): string[] {
  const configuration = String.raw`(?:vscode\.)?workspace\.getConfiguration\('packetPath'[^)]*\)`;
  const held = [...text.matchAll(new RegExp(`const (\\w+) = ${configuration};`, 'g'))].map(([, name]) => name);
  const access = new RegExp(
    `(?:${[configuration, ...held].join('|')})\\s*\\.(?:get|inspect|update)\\b[^('"]*\\('([^']+)'`,
    'g',
  );
  return [...text.matchAll(access)].map(([, key]) => key ?? '');
}

function missingFrom(text: string, names: readonly string[]): string[] {
  return names.filter((name) => !text.includes(`'${name}'`));
}

describe('package.json', () => {
  it('names files that exist, apart from what a build makes', () => {
    const paths = strings
      .filter(
        ([key, text]) =>
          ['icon', 'light', 'dark', 'path', 'configuration', 'image', 'markdown'].includes(key) &&
          !text.startsWith('$('),
      )
      .map(([, text]) => text);
    expect(paths.length).toBeGreaterThan(0);
    const missing = [manifest.icon, ...paths].filter((path) => !existsSync(join(root, path)));
    expect(missing).toEqual([]);
  });

  it('contributes commands that the code registers', () => {
    const ids = contributes.commands.map(({ command }) => command);
    expect(missingFrom(code, ids)).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('refers to its own commands only, in menus and in links of empty views', () => {
    const ids = new Set(contributes.commands.map(({ command }) => command));
    const links = strings.flatMap(([, text]) => [...text.matchAll(/\(command:(packetPath\.\w+)/g)].map(([, id]) => id));
    const used = [...menuItems.map(({ command }) => command), ...links];
    expect(used.filter((id) => id !== undefined && !ids.has(id))).toEqual([]);
  });

  it('contributes views and editors that the code fills', () => {
    const ids = [...views.map(({ id }) => id), ...contributes.customEditors.map(({ viewType }) => viewType)];
    expect(missingFrom(code, ids)).toEqual([]);
  });

  it('has menus and welcome texts for its own views only', () => {
    const ids = new Set(views.map(({ id }) => id));
    const named = [
      ...contributes.viewsWelcome.map(({ view }) => view),
      ...menuItems.flatMap(({ when }) => [...when.matchAll(/\bview == (\S+)/g)].map(([, id]) => id)),
    ];
    expect(named.filter((id) => id === undefined || !ids.has(id))).toEqual([]);
  });

  it('tests context keys that the code sets', () => {
    const keys = strings.filter(([key]) => key === 'when').flatMap(([, when]) => contextKeys(when));
    expect(keys.length).toBeGreaterThan(0);
    expect(missingFrom(code, keys)).toEqual([]);
  });

  it('contributes exactly the settings that the code reads', () => {
    const prefix = 'packetPath.';
    const contributed = Object.keys(contributes.configuration.properties).map((key) => key.slice(prefix.length));
    expect(missingFrom(code, contributed)).toEqual([]);
    const read = settingsRead(code);
    expect(read.length).toBeGreaterThan(0);
    expect(read.filter((key) => !contributed.includes(key))).toEqual([]);
  });

  it('promises the oldest VS Code whose types it is checked against', () => {
    expect(manifest.engines.vscode).toBe(`^${manifest.devDependencies['@types/vscode']}`);
  });

  it('restores panels of view types that the code creates', () => {
    const types = manifest.activationEvents.flatMap((event) => /^onWebviewPanel:(.+)/.exec(event)?.[1] ?? []);
    expect(missingFrom(code, types)).toEqual([]);
  });
});
