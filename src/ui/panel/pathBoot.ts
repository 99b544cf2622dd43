import type { NicKnob } from '../../knowledge/nicKnobs.ts';
import type { BootConfig, ConfigLine, NicMatch } from '../../model/bootConfig.ts';

/** What sets a sysctl key at boot, and whether that is not what runs. */
export function sysctlBoot(key: string, { sysctl }: BootConfig): { readonly boot: string; readonly differs: boolean } {
  if (!sysctl.ok) return { boot: `not known: ${sysctl.reason}`, differs: false };
  const entry = sysctl.value.keys.get(key);
  if (entry === undefined) return { boot: 'no file sets it', differs: false };
  const { setting, others, losers, verdict } = entry;
  const file = setting === null ? [] : [`${place(setting)} to ${setting.value}`];
  const also = others.map(({ who, at }) => (at === null ? who : `${who} (${place(at)})`));
  const lost = setting === null && losers[0] !== undefined ? [`not ${place(losers[0])}: ${losers[0].why}`] : [];
  const parts = [...file, ...also, ...lost];
  return { boot: parts.length === 0 ? 'no file sets it' : parts.join('; '), differs: verdict.kind === 'differs' };
}

/** What sets a setting of an interface at boot: a udev rule, its `.link` file, a script that names it. */
export function nicBoot({ link, words }: NicKnob, nic: string, { udev, links, scripts }: BootConfig): string {
  const rules = udev.ok
    ? udev.value.filter(({ what, value, matches }) => concerns(matches, nic) && words.test(`${what} ${value}`))
    : [];
  const file = links.ok
    ? links.value.find(({ state, matches }) => state === 'applied' && concerns(matches, nic))
    : undefined;
  const options = file?.settings.filter(({ key }) => link.includes(key)) ?? [];
  const lines = scripts.ok ? scripts.value.filter(({ text }) => words.test(text) && named(text, nic)) : [];
  const places = [
    ...options.map((option) => `${place(option)} ${option.key}=${option.value}`),
    ...rules.map((rule) => `udev ${place(rule)}`),
    ...lines.map(place),
  ];
  if (places.length > 0) return places.join('; ');
  const unread = !udev.ok ? udev.reason : !links.ok ? links.reason : null;
  return unread === null ? 'no file sets it' : `not known: ${unread}`;
}

function place({ path, line }: ConfigLine): string {
  return `${path}:${line}`;
}

/** A rule that may be for it counts: what it depends on is said in the Raw tab. */
function concerns(matches: readonly NicMatch[] | null, nic: string): boolean {
  return matches?.some((match) => match.nic === nic && match.matches !== false) === true;
}

/** A name or a variable that stands for it. */
function named(text: string, nic: string): boolean {
  return text.split(/[\s"'/]+/).includes(nic) || /\$\{?[A-Za-z_]/.test(text);
}
