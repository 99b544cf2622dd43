import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { findProgram } from '../../scripts/system.mts';
import type { Observation } from '../../src/capture/observation.ts';
import { tuningHost, undone } from '../../src/report/tuningNotes.ts';
import { formNamed } from '../../src/tuning/allForms.ts';
import { allTunings } from '../../src/tuning/allTunings.ts';
import type { Change } from '../../src/tuning/change.ts';
import { currentOf, type Subject } from '../../src/tuning/current.ts';
import { subjectOf } from '../../src/tuning/describe.ts';
import { isSame } from '../../src/tuning/isSame.ts';
import { permanentOf } from '../../src/tuning/permanent.ts';
import { writeForm } from '../../src/tuning/writeForm.ts';
import { addNic, type TuningPlace, tuningPlace } from './tuningPlace.ts';

const canMakePlaces =
  process.platform === 'linux' && process.getuid?.() === 0 && works('unshare', ['-m', '-n', 'true']);

function works(command: string, args: readonly string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

let place: TuningPlace | null = null;
async function fresh(): Promise<TuningPlace> {
  place = await tuningPlace();
  return place;
}
afterEach(async () => {
  await place?.stop();
  place = null;
});

/** A change of what runs now; what cannot be read now fails the test. */
function to(subject: Subject, value: string, { snapshot }: Observation): Change {
  const current = currentOf(subject, snapshot);
  if (!current.ok) throw new Error(`${JSON.stringify(subject)}: ${current.reason}`);
  return { ...subject, value, current: current.value, atLeast: false } as Change;
}

const eth0 = { nic: 'eth0' } as const;
/** What a veth and a network namespace let be set, each to something it is not. */
const nicSettings: readonly (readonly [Subject, string])[] = [
  [{ kind: 'ethtool', ...eth0, set: 'channels', name: 'rx' }, '3'],
  [{ kind: 'ethtool', ...eth0, set: 'channels', name: 'tx' }, '2'],
  [{ kind: 'ethtool', ...eth0, set: 'features', name: 'gro' }, 'on'],
  [{ kind: 'ethtool', ...eth0, set: 'features', name: 'tso' }, 'off'],
  [{ kind: 'device', ...eth0, attribute: 'tx_queue_len' }, '317'],
  [{ kind: 'device', ...eth0, attribute: 'mtu' }, '1400'],
  [{ kind: 'device', ...eth0, attribute: 'napi_defer_hard_irqs' }, '2'],
  [{ kind: 'device', ...eth0, attribute: 'gro_flush_timeout' }, '20000'],
  [{ kind: 'queue', ...eth0, attribute: 'rps_cpus' }, '3'],
  [{ kind: 'queue', ...eth0, attribute: 'rps_flow_cnt' }, '4096'],
  [{ kind: 'queue', ...eth0, attribute: 'xps_cpus', queue: 1 }, '2'],
  [{ kind: 'qdisc', ...eth0 }, 'pfifo'],
];
const sysctlSettings: readonly (readonly [Subject, string])[] = (
  [
    ['net.core.somaxconn', '5000'],
    ['net.ipv4.tcp_rmem', '4096 131072 9437184'],
    ['net.ipv4.tcp_wmem', '4096 16384 8388608'],
    ['net.ipv4.tcp_moderate_rcvbuf', '0'],
    ['net.ipv4.tcp_max_syn_backlog', '5001'],
    ['net.ipv4.ip_local_port_range', '20001 65535'],
    ['net.ipv4.tcp_tw_reuse', '1'],
    ['net.ipv4.tcp_max_tw_buckets', '70000'],
    ['net.ipv4.ip_early_demux', '0'],
    ['net.ipv4.tcp_early_demux', '0'],
    ['net.ipv4.udp_early_demux', '0'],
  ] as const
).map(([key, value]) => [{ kind: 'sysctl', key }, value]);

function textOf(id: string, changes: readonly Change[], { snapshot }: Observation): string {
  const form = formNamed(id);
  if (form === null) throw new Error(id);
  const written = writeForm(
    form,
    changes.map((change) => ({ change, notes: [subjectOf(change)] })),
    snapshot,
  );
  expect(written.refused, id).toEqual([]);
  const [file, ...more] = written.files;
  if (file === undefined || more.length > 0) throw new Error(`${written.files.length} files`);
  return file.text;
}

function values(changes: readonly Change[], { snapshot }: Observation): string[] {
  return changes.map((change) => {
    const now = currentOf(change, snapshot);
    return `${subjectOf(change)}: ${now.ok ? now.value : now.reason}`;
  });
}

/** What runs is what each change sets. */
function expectSet(changes: readonly Change[], { snapshot }: Observation): void {
  const wrong = changes.filter((change) => {
    const now = currentOf(change, snapshot);
    return !now.ok || !isSame(change, now.value);
  });
  expect(values(wrong, { snapshot } as Observation)).toEqual([]);
}

const back = (changes: readonly Change[]): Change[] => {
  const { changes: inverses, lost } = undone(changes.map((change) => ({ change, notes: [] })));
  expect(lost).toEqual([]);
  return inverses.map(({ change }) => change);
};

describe.runIf(canMakePlaces)('changes on a real kernel', () => {
  it('made by commands are what a snapshot reads, and taken back it is as it was', async () => {
    const at = await fresh();
    addNic(at);
    const start = at.look();
    const changes = [...nicSettings, ...sysctlSettings].map(([subject, value]) => to(subject, value, start));
    const before = values(changes, start);
    at.sh(textOf('commands', changes, start));
    const made = at.look();
    expectSet(changes, made);
    expect(values(changes, made).filter((value) => before.includes(value))).toEqual([]);
    at.sh(textOf('commands', back(changes), start));
    expect(values(changes, at.look())).toEqual(before);
  });

  it.each([
    ['sysctl -p', 'sysctl -p'],
    ['systemd-sysctl', '/lib/systemd/systemd-sysctl'],
  ])('of sysctls are taken by %s, there and back', async (_, reader) => {
    if (reader.startsWith('/') && !existsSync(reader)) return;
    const at = await fresh();
    const start = at.look();
    const changes = sysctlSettings.map(([subject, value]) => to(subject, value, start));
    const path = '/etc/sysctl.d/90-packet-path.conf';
    at.write(path, textOf('sysctl', changes, start));
    at.sh(`${reader} ${path}`);
    expectSet(changes, at.look());
    at.write(path, textOf('sysctl', back(changes), start));
    at.sh(`${reader} ${path}`);
    expect(values(changes, at.look())).toEqual(values(changes, start));
  });

  const udevd = ['/lib/systemd/systemd-udevd', '/usr/lib/systemd/systemd-udevd'].find(existsSync);
  it.runIf(udevd !== undefined)(
    'of a NIC as udev rules count when it appears, and for queues that came later when they are triggered',
    async () => {
      const at = await fresh();
      addNic(at);
      const start = at.look();
      const changes = nicSettings
        .filter(([subject]) => subject.kind !== 'ethtool' || subject.set !== 'channels')
        .map(([subject, value]) => to(subject, value, start));
      at.sh('ip link del eth0');
      at.write('/etc/udev/rules.d/90-packet-path.rules', textOf('udev', changes, start));
      at.sh(`${udevd} --daemon --resolve-names=never 2>/run/udev/log`);
      try {
        addNic(at);
        at.sh('udevadm settle --timeout=20');
        expectSet(changes, at.look());
        at.sh('ethtool -L eth0 rx 2 && ethtool -L eth0 rx 4');
        at.sh((formNamed('udev')?.activate('', changes) ?? []).join(' && '));
        expectSet(changes, at.look());
      } finally {
        at.sh('udevadm control --exit');
      }
    },
  );

  const ansible = findProgram('ansible-playbook');
  it.runIf(ansible !== undefined)(
    'as a playbook pass --check without a trace, are made by a run, and a second run changes nothing',
    async () => {
      const at = await fresh();
      addNic(at);
      const start = at.look();
      const some = nicSettings.filter(([{ kind }]) => kind === 'qdisc' || kind === 'device').slice(2);
      const changes = [...some, ...nicSettings.slice(8, 9), ...sysctlSettings.slice(0, 2)].map(([subject, value]) =>
        to(subject, value, start),
      );
      at.write('/run/udev/packet-path.yml', textOf('ansible', changes, start));
      const play = (options: string): string =>
        at.sh(
          `ANSIBLE_NOCOLOR=1 ANSIBLE_LOCAL_TEMP=/run/udev/local ${ansible} ${options} -i localhost, -c local -e ansible_become=false -e ansible_python_interpreter=/usr/bin/python3 /run/udev/packet-path.yml`,
        );
      expect(play('--check')).toMatch(/failed=0/);
      expect(values(changes, at.look())).toEqual(values(changes, start));
      expect(play('')).toMatch(new RegExp(`changed=${changes.length * 2} .*failed=0`));
      expectSet(changes, at.look());
      expect(play('')).toMatch(/changed=0 .*failed=0/);
      at.write('/run/udev/packet-path.yml', textOf('ansible', back(changes), start));
      expect(play('')).toMatch(/failed=0/);
      expect(values(changes, at.look())).toEqual(values(changes, start));
      expect(at.sh('cat /etc/sysctl.d/90-packet-path.conf').trim().split('\n')).toHaveLength(2);
    },
    120_000,
  );

  it('as the command lines of a unit do the same through systemd’s quoting', async () => {
    const at = await fresh();
    addNic(at);
    const start = at.look();
    const changes = nicSettings.map(([subject, value]) => to(subject, value, start));
    const unit = textOf('systemd', changes, start);
    if (findProgram('systemd-analyze') !== undefined) {
      at.write('/run/udev/packet-path-eth0.service', unit);
      expect(at.sh('systemd-analyze verify --man=no /run/udev/packet-path-eth0.service 2>&1 || true')).not.toMatch(
        /packet-path-eth0\.service:\d+/,
      );
    }
    for (const [, words = ''] of unit.matchAll(/^ExecStart=-\/bin\/sh -c "(.*)"$/gm))
      at.sh(words.replace(/\\(.)/g, '$1').replace(/([%$])\1/g, '$1'));
    expectSet(changes, at.look());
  });

  it('that keep what runs make it so again on the NIC as it was made', async () => {
    const at = await fresh();
    addNic(at);
    const start = at.look();
    const changes = nicSettings.map(([subject, value]) => to(subject, value, start));
    at.sh(textOf('commands', changes, start));
    const tuned = at.look();
    const nic = tuned.snapshot.nics.find(({ name }) => name === 'eth0');
    if (nic === undefined) throw new Error('no eth0');
    const kept = permanentOf(nic, tuned.snapshot);
    const subjects = kept.changes.map(({ change }) => subjectOf(change));
    expect(subjects).toEqual(
      expect.arrayContaining(changes.filter(({ value }) => value !== 'on').map((change) => subjectOf(change))),
    );
    at.sh('ip link del eth0');
    addNic(at);
    at.sh(
      textOf(
        'commands',
        kept.changes.map(({ change }) => change),
        tuned,
      ),
    );
    expectSet(
      kept.changes.map(({ change }) => change),
      at.look(),
    );
  });

  it('that tunings work out for it are taken, and read back', async () => {
    const at = await fresh();
    addNic(at);
    at.sh('ip link set peer0 up');
    const start = at.look();
    const host = tuningHost(start, { nic: 'eth0', rttMs: 40, services: [] });
    const changes = allTunings.flatMap((tuning) =>
      tuning.plan(host).flatMap((outcome) => (outcome.state === 'change' ? [outcome.change] : [])),
    );
    const once = [...new Map(changes.map((change) => [subjectOf(change), change])).values()];
    const ids = once.map(subjectOf);
    expect(ids).toContain('eth0 rps_flow_cnt');
    expect(ids).toContain('net.ipv4.tcp_rmem');
    at.sh(textOf('commands', once, start));
    expectSet(once, at.look());
  });
});
