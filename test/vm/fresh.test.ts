import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { look } from './look.ts';
import { canRunVm, startVm, type Vm } from './vm.ts';

describe.runIf(canRunVm)('a host with drivers of its own, just booted', () => {
  let vm: Vm;
  beforeAll(async () => {
    vm = await startVm(['e1000e', 'vmxnet3', 'rtl8139']);
  });
  afterAll(() => vm?.stop());

  it('has nothing that anybody should be warned of', () => {
    const { diagnosis } = look(vm, 3);
    expect(diagnosis.findings.filter(({ severity }) => severity === 'crit' || severity === 'warn')).toEqual([]);
    expect(diagnosis.checked).toEqual(expect.arrayContaining(['R01', 'R02', 'R06', 'R10', 'R14', 'R18', 'R36', 'R41']));
  });

  it('is read whole: each NIC’s driver, rings and queues', () => {
    const { snapshot } = look(vm, 1);
    const drivers = vm.nics.map((name) => {
      const nic = snapshot.nics.find((one) => one.name === name);
      return nic?.driver;
    });
    expect(drivers).toEqual(['e1000e', 'vmxnet3', '8139cp']);
  });
});
