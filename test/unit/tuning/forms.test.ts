import { describe, expect, it, test } from 'vitest';
import { irqbalanceConfig } from '../../../src/languages/boot/irqbalance.ts';
import { assignmentsOf, parseSysctlConf } from '../../../src/languages/sysctl/sysctlConf.ts';
import { planUdevEdit, satisfiesNic } from '../../../src/languages/udev/udevEdit.ts';
import { parseUdevRules } from '../../../src/languages/udev/udevRules.ts';
import { udevSetting } from '../../../src/languages/udev/udevSetting.ts';
import { computedChanges, findingChanges, runningChanges, undone } from '../../../src/report/tuningNotes.ts';
import { allForms, formNamed } from '../../../src/tuning/allForms.ts';
import { allTunings } from '../../../src/tuning/allTunings.ts';
import { type Change, isNicChange } from '../../../src/tuning/change.ts';
import { subjectOf } from '../../../src/tuning/describe.ts';
import { filterText } from '../../../src/tuning/filterText.ts';
import type { FormId } from '../../../src/tuning/forms/form.ts';
import { inverseOf } from '../../../src/tuning/inverse.ts';
import { spreadOf } from '../../../src/tuning/rssSpread.ts';
import { type Written, writeForm } from '../../../src/tuning/writeForm.ts';
import { observed } from './captures.ts';

const samples = allTunings.flatMap((tuning) => tuning.samples);
const both = samples.flatMap((change) => [change, inverseOf(change) ?? change]);

function form(id: FormId) {
  const found = formNamed(id);
  if (found === null) throw new Error(id);
  return found;
}

function written(id: FormId, changes: readonly Change[], notes: readonly string[] = []): Written {
  return writeForm(
    form(id),
    changes.map((change) => ({ change, notes })),
    null,
  );
}

describe('what is written is read back as what it sets', () => {
  test('sysctl.d files, by the parser of sysctl.conf', () => {
    const { files, refused } = written('sysctl', both, ['why']);
    const assignments = files.flatMap(({ text }) => assignmentsOf(parseSysctlConf(text)));
    const first = new Map<string, Change>();
    for (const change of both) if (change.kind === 'sysctl' && !first.has(change.key)) first.set(change.key, change);
    expect(assignments.map(({ key, value }) => [key, value])).toEqual(
      [...first].map(([key, { value }]) => [key, value]),
    );
    expect(refused.every(({ change }) => change.kind !== 'sysctl')).toBe(true);
  });

  it.each(both.filter(isNicChange).map((change) => [`${subjectOf(change)} = ${change.value}`, change] as const))(
    'udev rules: %s',
    (_, change) => {
      const text = form('udev').render(change, null);
      if (!text.ok) {
        expect(change).toMatchObject({ kind: 'filter', value: 'none' });
        return;
      }
      expect(parseUdevRules(text.text)).toHaveLength(1);
      const setting = udevSetting(parseUdevRules(text.text), change);
      expect(setting?.value).toBe(change.value);
      expect(satisfiesNic(setting?.value ?? '', change)).toBe(true);
      expect(planUdevEdit(text.text, change, '# note')).toEqual({ ok: true, edits: [] });
    },
  );

  test('irqbalance’s file, by what reads it of a host', () => {
    const change: Change = {
      kind: 'irqbalance',
      variable: 'IRQBALANCE_ARGS',
      value: '--banmod=igb --banirq=45',
      current: '',
      atLeast: false,
    };
    const [file] = written('irqbalance', [change]).files;
    const lines = (file?.text ?? '').split('\n').map((text, index) => ({ path: '', line: index + 1, text }));
    const config = irqbalanceConfig(lines, { running: true, masked: false });
    expect(config).toMatchObject({ args: change.value, bannedIrqs: [45] });
  });

  test('.link files have what 99-default.link said before them, one file a NIC', () => {
    const observation = observed('vm-8cpu.netsnap');
    const { changes } = runningChanges(observation, 'eth2');
    const { files } = writeForm(form('link'), changes, observation.snapshot);
    expect(files.map(({ path }) => path)).toEqual(['/etc/systemd/network/10-eth2.link']);
    expect(files[0]?.text).toMatch(
      /^\[Match\]\nPermanentMACAddress=[\da-f:]{17}\n\n\[Link\]\nNamePolicy=keep kernel\n/m,
    );
    expect(files[0]?.text).toContain('\nRxBufferSize=1024\n');
    const named = {
      ...observation.snapshot,
      nics: observation.snapshot.nics.map((nic) => (nic.name === 'eth2' ? { ...nic, name: 'enp3s0' } : nic)),
    };
    const changed = changes.map(({ change, notes }) => ({ change: { ...change, nic: 'enp3s0' } as Change, notes }));
    expect(writeForm(form('link'), changed, named).files[0]?.text).toContain(
      '\nNamePolicy=keep kernel database onboard slot path\n',
    );
  });
});

test('a .link file holds nothing that the systemd of the host does not know', () => {
  const { snapshot } = observed('four-drivers.netsnap.gz');
  const rps: Change = { kind: 'queue', nic: 'eth2', attribute: 'rps_cpus', value: 'e', current: '0', atLeast: false };
  expect(form('link').render(rps, snapshot)).toEqual({
    ok: false,
    reason: 'ReceivePacketSteeringCPUMask= came with systemd 256; Debian GNU/Linux 12 (bookworm) has 252',
  });
  expect(form('link').render(rps, null)).toEqual({ ok: true, text: 'ReceivePacketSteeringCPUMask=1-3' });
});

describe('hostile hosts', () => {
  const names = ['eth"0', "eth'0", 'eth*', 'a;reboot', '$(x)', '`x`', 'eth\n0', '{{ x }}', '%n', 'a b', '-x', '..'];
  it.each(names)('an interface called %j is in no form', (nic) => {
    for (const change of both.filter((one) => 'nic' in one)) {
      const hostile = { ...change, nic } as Change;
      for (const one of allForms) {
        expect(one.render(hostile, null).ok, `${one.id} ${subjectOf(change)}`).toBe(false);
      }
    }
  });

  it.each(['eth0-TxRx-0;reboot', '../../x', '*', 'a b', "x'", '$(x)', ''])('nor an interrupt called %j', (action) => {
    const change: Change = { kind: 'irq', nic: 'eth0', action, value: '0', current: '0-3', atLeast: false };
    for (const one of allForms) expect(one.render(change, null).ok, one.id).toBe(false);
  });

  it.each([
    { kind: 'irq', nic: 'eth0', action: 'x', value: '0; reboot' },
    { kind: 'irqbalance', variable: 'IRQBALANCE_ARGS', value: '"; reboot #' },
    { kind: 'filter', nic: 'eth0', location: 0, value: 'flow-type tcp4 dst-port 80 action 1; reboot' },
    { kind: 'filter', nic: 'eth0', location: -1, value: 'none' },
    { kind: 'ethtool', nic: 'eth0', set: 'rxfh', name: 'weight', value: '1 1 $(x)' },
    { kind: 'queue', nic: 'eth0', attribute: 'xps_cpus', queue: -1, value: '1' },
    { kind: 'queue', nic: 'eth0', attribute: 'rps_flow_cnt', value: 'on' },
  ])('nor the value of $kind', (parts) => {
    const change = { ...parts, current: null, atLeast: false } as Change;
    for (const one of allForms) expect(one.render(change, null).ok, one.id).toBe(false);
  });

  it('notes are one comment each, whatever is in them', () => {
    const change: Change = { kind: 'sysctl', key: 'net.core.somaxconn', value: '1', current: '2', atLeast: true };
    for (const one of allForms.filter(({ render }) => render(change, null).ok)) {
      const { files } = writeForm(
        one,
        [{ change, notes: ['evil\nnet.core.somaxconn = 9\r\u001b[2J {{ x }} \\'] }],
        null,
      );
      const lines = (files[0]?.text ?? '').split('\n').filter((line) => line.includes('evil'));
      expect(lines).toHaveLength(1);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: that there is none is what is tested
      expect(lines[0]).toMatch(/^# evil[^\u0000-\u001f\\]*$/);
    }
  });
});

describe('what a form holds', () => {
  it('is written or refused with a reason, each change once', () => {
    for (const one of allForms) {
      const { files, refused } = written(one.id, samples);
      for (const { reason } of refused) expect(reason).not.toBe('');
      const subjects = new Set(samples.map(subjectOf));
      const lines = files.flatMap(({ text }) => text.split('\n'));
      expect(files.length > 0 && lines.length > 0, one.id).toBe(true);
      expect(refused.length, one.id).toBeLessThan(subjects.size);
    }
  });

  it('puts what resets queues before what it resets', () => {
    const [file] = written('commands', [...samples].reverse()).files;
    const at = (word: string): number => file?.text.indexOf(word) ?? -1;
    const places = ['ethtool -L', 'ethtool -G', 'ethtool -C', 'ethtool -K', 'ethtool -X', 'rps_cpus'].map(at);
    expect(places.every((place) => place >= 0)).toBe(true);
    expect(places).toEqual([...places].sort((x, y) => x - y));
  });

  it('sets the bits of the flow limit after its length, and clears them first', () => {
    const [file] = written('commands', samples).files;
    expect(file?.text).toMatch(
      /flow_limit_table_len='8192'\n(?:.*\n)*sysctl -w net\.core\.flow_limit_cpu_bitmap=0 net\.core\.flow_limit_cpu_bitmap='f'\n/,
    );
  });
});

test('changes of findings come with the figures they rest on, and are undone', () => {
  const observation = observed('vm-8cpu.netsnap', (text) => {
    const second = text.indexOf('< nic-statistics@B');
    return text.slice(0, second) + text.slice(second).replace(/(\/eth1\/statistics\/rx_missed_errors:)\d+/, '$15000');
  });
  const changes = findingChanges(observation);
  const ring = changes.find(({ change }) => subjectOf(change) === 'eth1 rx ring');
  expect(ring?.notes[0]).toMatch(/^R06 eth1 lost/);
  expect(ring?.notes.some((note) => /rx_missed_errors: 0 -> 5,000/.test(note))).toBe(true);
  const { changes: inverses, lost } = undone(changes);
  expect(lost).toEqual([]);
  expect(inverses.find(({ change }) => subjectOf(change) === 'eth1 rx ring')?.change).toMatchObject({
    value: '256',
    current: '512',
  });
});

test('a setting is computed once, though two tunings ask for it', () => {
  const subjects = computedChanges(observed('four-drivers.netsnap.gz')).map(({ change }) => subjectOf(change));
  expect(subjects).toContain('net.core.rps_sock_flow_entries');
  expect(new Set(subjects).size).toBe(subjects.length);
});

test('indirection tables as ethtool makes them', () => {
  expect(spreadOf([0, 1, 2, 0, 1, 2, 0, 1])).toEqual({ equal: 3, weights: [3, 3, 2] });
  expect(spreadOf([0, 0, 0, 2])).toEqual({ equal: null, weights: [3, 0, 1] });
  expect(spreadOf([0, 0])).toEqual({ equal: 1, weights: [2] });
  expect(spreadOf([1, 0])).toBeNull();
  expect(spreadOf([])).toBeNull();
});

test('receive rules as the words that make them; what is more than addresses and ports is none of ours', () => {
  const rule = {
    location: 3,
    flowType: 'UDP over IPv4',
    fields: new Map([
      ['Src IP addr', { value: '0.0.0.0', mask: '255.255.255.255' }],
      ['Dest IP addr', { value: '10.0.0.1', mask: '0.0.0.0' }],
      ['TOS', { value: '0x0', mask: '0xff' }],
      ['Src port', { value: '0', mask: '0xffff' }],
      ['Dest port', { value: '53', mask: '0x0' }],
    ]),
    rssContext: null,
    action: 'Direct to queue 2',
    queue: 2,
  };
  expect(filterText(rule)).toBe('flow-type udp4 dst-ip 10.0.0.1 dst-port 53 action 2');
  expect(filterText({ ...rule, action: 'Drop', queue: null })).toMatch(/action -1$/);
  expect(filterText({ ...rule, rssContext: 1 })).toBeNull();
  expect(filterText({ ...rule, fields: new Map([['VLAN', { value: '0x5', mask: '0x0' }]]) })).toBeNull();
  expect(filterText({ ...rule, fields: new Map([['Dest port', { value: '53', mask: '0xff00' }]]) })).toBeNull();
});
