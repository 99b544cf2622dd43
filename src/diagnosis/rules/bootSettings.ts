import { stepOfKnob } from '../../knowledge/pathMeasures.ts';
import type { StepId } from '../../knowledge/steps.ts';
import type { BootKey, SysctlBoot } from '../../model/bootConfig.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { SysctlChange } from '../../tuning/change.ts';
import { says } from '../evidence.ts';
import { formatThings } from '../figures.ts';
import type { Draft } from '../finding.ts';
import { have, lack, type Needed, notRead, type RuleContext, ruleOf } from '../rule.ts';

const shownKeys = 20;

/** What the host's sysctl files set; a namespace of its own is not set by them. */
function bootOf({ snapshot }: RuleContext): Needed<SysctlBoot> {
  if (snapshot.host.initialNetns === false) return lack('sysctl files do not reach this network namespace');
  const { sysctl } = snapshot.bootConfig;
  return sysctl.ok ? have(sysctl.value) : notRead(sysctl);
}

function drifted(boot: SysctlBoot): (BootKey & { verdict: { kind: 'differs' } })[] {
  return [...boot.keys.values()].flatMap((key) =>
    key.verdict.kind === 'differs' && key.key.startsWith('net.') ? [{ ...key, verdict: key.verdict }] : [],
  );
}

/** R59: what runs is not what the files set. */
export const sysctlDrift = ruleOf({
  id: 'R59',
  title: 'Running settings differ from the files',
  step: 'I1',
  evidence: 'each net.* key that a file sets at boot, against its running value',
  fix: 'the file, or the running value: whichever is meant; see who else sets the key',
  lookalikes:
    'A file that was changed and not applied yet; a key of a module that is loaded later; a key that tuned, kube-proxy or a container runtime sets.',
  limits: {},
  needs: bootOf,
  check: (boot, { snapshot }): readonly Draft[] => {
    const keys = drifted(boot);
    if (keys.length === 0) return [];
    const names = keys.slice(0, 3).map(({ key }) => key);
    const more = keys.length > names.length ? ` and ${keys.length - names.length} more` : '';
    return [
      {
        severity: 'info',
        ...stepOf(keys[0]?.key),
        subject: { kind: 'host' },
        title: `${formatThings(keys.length, 'key runs', 'keys run')} with another value than the files set at boot: ${names.join(', ')}${more}`,
        why: 'After the next boot the host behaves differently from now, or something sets these keys later than the files do.',
        evidence: keys
          .slice(0, shownKeys)
          .map(({ key, setting: at, verdict }) =>
            says(
              at === null ? 'sysctl files' : `${at.path}:${at.line}`,
              key,
              `${verdict.boot} at boot, ${running(snapshot, key)} now`,
            ),
          ),
        advice: [
          'Decide which value is meant: write the running one into the file, or apply the file (`sysctl --system`).',
          ...keys
            .filter(({ others }) => others.length > 0)
            .slice(0, shownKeys)
            .map(({ key, others }) => `${key} is also set by ${others.map(({ who }) => who).join(', ')}.`),
        ],
        verify: 'Snapshot after `systemctl restart systemd-sysctl` or the next boot: the values are the same.',
        tab: 'settings',
      },
    ];
  },
});

/** Where on the packet's way the first of the keys acts; that of the rule where no step lists it. */
function stepOf(key: string | undefined): { readonly step?: StepId } {
  const step = key === undefined ? null : stepOfKnob(`sysctl ${key}`);
  return step === null ? {} : { step };
}

function running(snapshot: Snapshot, key: string): string {
  return (snapshot.sysctl.ok ? snapshot.sysctl.value.get(key) : undefined) ?? 'not known';
}

/** R60: a file that looks as if it counted is not read at boot. */
export const sysctlFileNotRead = ruleOf({
  id: 'R60',
  title: 'A sysctl file is not read at boot',
  step: 'I1',
  evidence: '/etc/sysctl.conf and who reads it here: systemd-sysctl only by a link in /etc/sysctl.d',
  fix: 'its lines in /etc/sysctl.d/90-packet-path.conf',
  lookalikes: '`sysctl -p` and `sysctl --system` apply it all the same, until the next boot.',
  limits: {},
  needs: bootOf,
  check: (boot): readonly Draft[] => {
    const unread = boot.files.filter(({ state }) => state === 'not-read').map(({ path }) => path);
    const lost = [...boot.keys.values()].flatMap((key) => {
      const line = key.losers.find(({ path }) => unread.includes(path));
      return key.setting === null && line !== undefined && key.key.startsWith('net.') ? [{ key, line }] : [];
    });
    if (lost.length === 0) return [];
    const [first] = lost;
    return [
      {
        severity: 'warn',
        ...stepOf(first?.key.key),
        subject: { kind: 'host' },
        title: `${first?.line.path} sets ${formatThings(lost.length, 'network key')} and is not read at boot`,
        why: 'systemd-sysctl reads /etc/sysctl.d and its like, not /etc/sysctl.conf; the link that brought it in is gone on this system. What stands there is lost at the next boot.',
        evidence: lost
          .slice(0, shownKeys)
          .map(({ key, line }) => says(`${line.path}:${line.line}`, key.key, line.value)),
        changes: lost.slice(0, shownKeys).map(
          ({ key, line }): SysctlChange => ({
            kind: 'sysctl',
            key: key.key,
            value: line.value.replace(/\s+/g, ' '),
            current: null,
            atLeast: false,
          }),
        ),
        advice: ['Move the lines to a file of /etc/sysctl.d.'],
        sideEffects: 'The settings take effect at boot, which they did not before.',
        verify: '`systemd-analyze cat-config sysctl.d` shows the lines.',
        tab: 'settings',
      },
    ];
  },
});
