import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Observation } from '../../src/capture/observation.ts';
import { look } from './look.ts';
import { canRunVm, startVm, type Vm } from './vm.ts';

describe.runIf(canRunVm)('a host with drivers of its own, just booted', () => {
  let vm: Vm;
  let seen: Observation;
  beforeAll(async () => {
    vm = await startVm(['e1000e', 'vmxnet3', 'rtl8139']);
    seen = look(vm, 3);
  });
  afterAll(() => vm?.stop());

  it('has nothing that anybody should be warned of', () => {
    const { findings, checked } = seen.diagnosis;
    expect(findings.filter(({ severity }) => severity === 'crit' || severity === 'warn')).toEqual([]);
    expect(checked).toEqual(expect.arrayContaining(['R01', 'R02', 'R06', 'R10', 'R14', 'R18', 'R36', 'R41']));
  });

  it('is read whole: each NIC’s driver, rings and counters', () => {
    const nics = vm.nics.map((name) => {
      const nic = seen.snapshot.nics.find((one) => one.name === name);
      const counters = seen.snapshot.samples.at(-1)?.ethtoolStats.get(name);
      return [nic?.driver, nic?.ring.ok === true && nic.ring.value.current.rx, counters?.ok];
    });
    expect(nics).toEqual([
      ['e1000e', 256, true],
      ['vmxnet3', 1024, true],
      ['8139cp', 64, true],
    ]);
  });
});
