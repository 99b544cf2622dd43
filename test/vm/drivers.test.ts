import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Observation } from '../../src/capture/observation.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { formNamed } from '../../src/tuning/allForms.ts';
import type { Change, NicChange } from '../../src/tuning/change.ts';
import { currentOf } from '../../src/tuning/current.ts';
import { subjectOf } from '../../src/tuning/describe.ts';
import type { FormId } from '../../src/tuning/forms/form.ts';
import { linkOptionOf } from '../../src/tuning/forms/linkOptions.ts';
import { inverseOf } from '../../src/tuning/inverse.ts';
import { type Written, writeForm } from '../../src/tuning/writeForm.ts';
import { look } from './look.ts';
import { hostSettings, nicSettings } from './settings.ts';
import { canRunVm, startVm, type Vm } from './vm.ts';

const isRoot = process.getuid?.() === 0;

describe.runIf(canRunVm && isRoot)('a host with drivers of its own', () => {
  let vm: Vm;
  let booted: Observation;
  let start: Snapshot;
  let changes: readonly Change[];
  beforeAll(async () => {
    vm = await startVm(['e1000e', 'vmxnet3', 'virtio4', 'rtl8139']);
    const [e1000e = '', vmxnet3 = '', virtio = ''] = vm.nics;
    vm.run('modprobe -a sch_fq sch_fq_codel');
    booted = look(vm, 2);
    start = booted.snapshot;
    const rx = start.nics.find(({ name }) => name === e1000e)?.irqs.find(({ role }) => role === 'rx');
    const affinity = {
      tuning: 'T7',
      value: '2',
      subject: { kind: 'irq', nic: e1000e, action: rx?.action ?? '' },
    } as const;
    changes = [...hostSettings, ...nicSettings(e1000e, vmxnet3, virtio), affinity].map(
      ({ subject, value }) => ({ ...subject, value, current: valueIn(start, subject), atLeast: false }) as Change,
    );
  });
  afterAll(() => vm?.stop());

  it('just booted has nothing that anybody should be warned of', () => {
    const { findings, checked } = booted.diagnosis;
    expect(findings.filter(({ severity }) => severity === 'crit' || severity === 'warn')).toEqual([]);
    expect(checked).toEqual(expect.arrayContaining(['R01', 'R02', 'R06', 'R10', 'R14', 'R18', 'R36', 'R41']));
  });

  it('is read whole: each NIC’s driver, rings and counters', () => {
    const nics = vm.nics.map((name) => {
      const nic = start.nics.find((one) => one.name === name);
      return [
        nic?.driver,
        nic?.ring.ok === true && nic.ring.value.current.rx,
        start.samples[0]?.ethtoolStats.get(name)?.ok,
      ];
    });
    expect(nics).toEqual([
      ['e1000e', 256, true],
      ['vmxnet3', 1024, true],
      ['virtio_net', 256, true],
      ['8139cp', 64, true],
    ]);
  });

  it('takes changes as commands, and their inverses put everything back', () => {
    const written = write('commands', changes);
    expect(written.refused).toEqual([]);
    apply(written);
    expectSet(changes);
    apply(write('commands', changes.map(inverse)));
    expectSet([]);
  });

  it('takes them as a sysctl.d file, and the way back', () => {
    const ours = changes.filter(({ kind }) => kind === 'sysctl');
    const written = write('sysctl', ours);
    expect(written.refused).toEqual([]);
    place(written);
    activate(written);
    expectSet(ours);
    const back = write('sysctl', ours.map(inverse));
    place(back);
    activate(back);
    remove(back);
  });

  it('takes them as udev rules: at once by the commands beside them, and on NICs that appear', () => {
    const written = write('udev', changes);
    const ours = held(written, changes);
    expect(written.refused.map(({ change }) => change.kind).filter((kind) => kind !== 'sysctl')).toEqual(['irq']);
    // A table that was ever set keeps ethtool -L from taking queues away, also when it is the even one again.
    reappear();
    place(written);
    activate(written);
    expectSet(ours);
    reappear();
    expectSet(ours);
    remove(written);
  });

  it('takes them as .link files, on NICs that appear; without the files they are as at first', () => {
    const written = write('link', changes);
    const systemd = Number.parseInt(vm.run('udevadm --version'), 10);
    const ours = held(written, changes).filter((change) => (linkOptionOf(change as NicChange)?.since ?? 0) <= systemd);
    expect(ours.length).toBeGreaterThan(5);
    place(written);
    reappear();
    expectSet(ours);
    remove(written);
    reappear();
    expectSet([]);
  });

  /** A snapshot reads what these set, and of all the others what was there at first. */
  function expectSet(set: readonly Change[]): void {
    expect(readings(look(vm, 0).snapshot, changes)).toEqual({ ...readings(start, changes), ...wanted(set) });
  }

  function write(id: FormId, what: readonly Change[]): Written {
    const form = formNamed(id);
    if (form === null) throw new Error(id);
    return writeForm(
      form,
      what.map((change) => ({ change, notes: ['from a test'] })),
      start,
    );
  }

  function place({ files }: Written): void {
    for (const { path, text } of files) vm.run(`mkdir -p "$(dirname ${path})" && cat > ${path}`, text);
    vm.run('udevadm control --reload');
  }

  function remove({ files }: Written): void {
    vm.run(`rm ${files.map(({ path }) => path).join(' ')} && udevadm control --reload`);
  }

  function activate({ files }: Written): void {
    for (const { activate: commands } of files) vm.run(['set -e', ...commands].join('\n'));
  }

  /** Runs the files themselves. */
  function apply({ files }: Written): void {
    for (const { text } of files) vm.run('sh -s', text);
  }

  /** The drivers let go of the NICs and find them again, as after a boot. */
  function reappear(): void {
    const each = vm.nics.map(
      (nic) => `
        device=$(readlink -f /sys/class/net/${nic}/device)
        driver=$(readlink -f "$device/driver")
        echo "\${device##*/}" > "$driver/unbind"
        echo "\${device##*/}" > "$driver/bind"`,
    );
    const up = vm.nics.map((nic) => `ip link set ${nic} up`);
    vm.run(['set -e', ...each, 'udevadm settle', ...up].join('\n'));
  }
});

function valueIn(snapshot: Snapshot, subject: Parameters<typeof currentOf>[0]): string {
  const current = currentOf(subject, snapshot);
  return current.ok ? current.value : `not read: ${current.reason}`;
}

const readings = (snapshot: Snapshot, changes: readonly Change[]): Record<string, string> =>
  Object.fromEntries(changes.map((change) => [subjectOf(change), valueIn(snapshot, change)]));

const wanted = (changes: readonly Change[]): Record<string, string> =>
  Object.fromEntries(changes.map((change) => [subjectOf(change), change.value]));

/** What the form took of them. */
function held({ refused }: Written, changes: readonly Change[]): readonly Change[] {
  const not = new Set(refused.map(({ change }) => change));
  return changes.filter((change) => !not.has(change));
}

function inverse(change: Change): Change {
  const back = inverseOf(change);
  if (back === null) throw new Error(`no way back: ${subjectOf(change)}`);
  return back;
}
