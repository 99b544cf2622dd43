import type { ConfigLine, TunedConfig, TunedValue } from '../../model/bootConfig.ts';
import { normalizeKey } from '../sysctl/sysctlKey.ts';
import type { ConfigText } from './configFiles.ts';
import { envAssignment } from './envFile.ts';

/** Where a profile may be, the first that is there counts (tuned-profiles(7); `profiles` since 2.23). */
const profileDirectories = ['/etc/tuned/profiles', '/etc/tuned', '/usr/lib/tuned/profiles', '/usr/lib/tuned'];
/** As deep as the collector follows. */
const deepest = 8;

export interface TunedFacts {
  readonly running: boolean | null;
  /** Lines of /etc/tuned/active_profile, tuned-main.conf and of tuned.conf of the profiles, by path. */
  readonly files: ReadonlyMap<string, ConfigText>;
}

/** The active profiles of tuned, with what they include, merged as tuned merges them: what is included first, later ones over it. */
export function tunedConfig({ running, files }: TunedFacts): TunedConfig {
  const active = wordsOf(files.get('/etc/tuned/active_profile')?.lines[0]?.text ?? '');
  const order: string[] = [];
  const notFound: string[] = [];
  const visit = (profile: string, above: readonly string[]): void => {
    const path = profileDirectories
      .map((directory) => `${directory}/${profile}/tuned.conf`)
      .find((one) => files.has(one));
    if (path === undefined) {
      notFound.push(profile);
      return;
    }
    // A profile that includes itself over another one: tuned refuses it, we stop.
    if (above.length > deepest || above.includes(path)) return;
    const included = valuesOf(files.get(path)).filter(({ section, key }) => section === 'main' && key === 'include');
    for (const { value } of included) for (const name of wordsOf(value)) visit(name, [...above, path]);
    if (!order.includes(path)) order.push(path);
  };
  for (const profile of active) visit(profile, []);

  const sysctl = new Map<string, TunedValue>();
  const others = new Map<string, TunedValue>();
  for (const path of order) {
    const values = valuesOf(files.get(path));
    const types = new Map(values.filter(({ key }) => key === 'type').map(({ section, value }) => [section, value]));
    for (const value of values) {
      const type = types.get(value.section) ?? value.section;
      if (value.key === 'type' || value.key.endsWith('_regex')) continue;
      if (type === 'sysctl') sysctl.set(normalizeKey(value.key), { ...value, key: normalizeKey(value.key) });
      else if (type === 'net' || type === 'irqbalance') others.set(`${value.section}.${value.key}`, value);
    }
  }
  return {
    running,
    active,
    files: order,
    sysctl,
    others: [...others.values()],
    reapplySysctl: reapplies(files.get('/etc/tuned/tuned-main.conf')?.lines ?? []),
    notFound,
  };
}

/** What tuned will set a sysctl to; null where that depends on the host (`${variable}`, `>value`: only if it is less now, a section for some machines). */
export function plainTunedValue({ value, conditional }: TunedValue): string | null {
  return conditional || /\$\{|^[<>]/.test(value) ? null : value.replace(/^"(.*)"$/, '$1');
}

/** On by default (tuned-main.conf). */
function reapplies(lines: ConfigText['lines']): boolean {
  const values = lines.map(({ text }) => envAssignment(text)).filter((one) => one?.key === 'reapply_sysctl');
  return !/^(?:0|false|no)$/i.test(values.at(-1)?.value ?? '1');
}

function valuesOf(file: ConfigText | undefined): TunedValue[] {
  const values: TunedValue[] = [];
  let section = '';
  for (const { line, text } of file?.lines ?? []) {
    const [, name] = /^\s*\[([^\]]*)\]/.exec(text) ?? [];
    if (name !== undefined) {
      section = name;
      continue;
    }
    const equals = text.indexOf('=');
    if (equals < 1 || file === undefined) continue;
    const at: ConfigLine = { path: file.path, line, text };
    values.push({
      ...at,
      section,
      key: text.slice(0, equals).trim(),
      value: text.slice(equals + 1).trim(),
      conditional: false,
    });
  }
  const conditional = new Set(values.filter(({ key }) => key.endsWith('_regex')).map(({ section: name }) => name));
  return values.map((one) => (conditional.has(one.section) ? { ...one, conditional: true } : one));
}

function wordsOf(text: string): string[] {
  return text.split(/[\s,]+/).filter((word) => word !== '' && !word.includes('/') && !word.startsWith('.'));
}
