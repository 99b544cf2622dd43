import { wildcardMatches } from '../transport/wildcard.ts';
import type { HostSpec } from './hostSpec.ts';
import { configWords, directive } from './sshConfigText.ts';

/** Keyword, lower case -> its values in order. */
export type ConfigValues = Map<string, readonly string[]>;

/** Each line adds one; of all others the first line holds. */
const repeatable = new Set(['identityfile', 'certificatefile']);
const lists = new Set(['userknownhostsfile', 'globalknownhostsfile']);
const renamed: Readonly<Record<string, string>> = {
  challengeresponseauthentication: 'kbdinteractiveauthentication',
  skeyauthentication: 'kbdinteractiveauthentication',
  dsaauthentication: 'pubkeyauthentication',
};
/** Their values are `yes`, `ask` and such, which ssh takes in any case. */
const anyCase = /^(stricthostkeychecking|identitiesonly|\w+authentication)$/;

interface Pass {
  readonly spec: HostSpec;
  readonly localUser: string;
  readonly values: ConfigValues;
  readonly isFinal: boolean;
  wantsFinal: boolean;
}

/**
 * What the lines of ssh_config say about a host, by the rules of ssh_config(5). Nothing is run and no name is resolved:
 * `Match exec`, `localnetwork`, `canonical` and whatever is not known never match, nor do their negations.
 */
export function configValues(lines: readonly string[], spec: HostSpec, localUser: string): ConfigValues {
  const values: ConfigValues = new Map();
  if (spec.user !== null) values.set('user', [spec.user]);
  if (spec.port !== null) values.set('port', [String(spec.port)]);
  const first: Pass = { spec, localUser, values, isFinal: false, wantsFinal: false };
  read(lines, first);
  if (first.wantsFinal) read(lines, { ...first, isFinal: true });
  return values;
}

/** Whether the section that this line begins is about the host, after `before`. */
export function sectionApplies(before: readonly string[], section: string, spec: HostSpec, localUser: string): boolean {
  const marker = 'applies';
  return configValues([...before, section, `${marker} yes`], spec, localUser).has(marker);
}

function read(lines: readonly string[], pass: Pass): void {
  let active = true;
  for (const line of lines) {
    const { keyword, rest } = directive(line) ?? { keyword: '', rest: '' };
    if (keyword === 'host') active = namesOneOf(configWords(rest), pass.spec.host);
    else if (keyword === 'match') active = criteriaHold(configWords(rest), pass);
    else if (active && keyword !== '') set(pass.values, renamed[keyword] ?? keyword, rest);
  }
}

function set(values: ConfigValues, keyword: string, rest: string): void {
  const words = configWords(rest);
  const [first] = words;
  if (first === undefined) return;
  const before = values.get(keyword);
  if (repeatable.has(keyword)) {
    if (before?.includes(first) !== true) values.set(keyword, [...(before ?? []), first]);
  } else if (before !== undefined) return;
  else if (lists.has(keyword)) values.set(keyword, words);
  // The shell reads it.
  else if (keyword === 'proxycommand') values.set(keyword, [rest]);
  else values.set(keyword, [anyCase.test(keyword) ? first.toLowerCase() : first]);
}

function criteriaHold(words: readonly string[], pass: Pass): boolean {
  const { spec, localUser, values } = pass;
  const typed = spec.host.toLowerCase();
  const left = [...words];
  let holds = true;
  for (let word = left.shift(); word !== undefined; word = left.shift()) {
    const negated = word.startsWith('!');
    const [name = '', given] = word.replace(/^!/, '').toLowerCase().split('=', 2);
    if (name === 'final') pass.wantsFinal = true;
    const known = (patterns: string | undefined, text: string): boolean =>
      namesOneOf((patterns ?? '').toLowerCase().split(','), text.toLowerCase());
    const argument = ['all', 'final', 'canonical'].includes(name) ? undefined : (given ?? left.shift());
    let outcome: boolean | null = null;
    if (name === 'all') outcome = true;
    else if (name === 'final') outcome = pass.isFinal;
    else if (name === 'host') outcome = known(argument, values.get('hostname')?.[0]?.replaceAll('%h', typed) ?? typed);
    else if (name === 'originalhost') outcome = known(argument, typed);
    else if (name === 'user') outcome = known(argument, values.get('user')?.[0] ?? localUser);
    else if (name === 'localuser') outcome = known(argument, localUser);
    holds &&= outcome !== null && outcome !== negated;
  }
  return holds;
}

/** Whether one of the patterns fits and none of the negated ones does. */
function namesOneOf(patterns: readonly string[], text: string): boolean {
  const fits = (pattern: string): boolean => wildcardMatches(pattern, text);
  if (patterns.some((pattern) => pattern.startsWith('!') && fits(pattern.slice(1)))) return false;
  return patterns.some((pattern) => !pattern.startsWith('!') && fits(pattern));
}
