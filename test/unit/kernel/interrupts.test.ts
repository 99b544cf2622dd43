import { describe, expect, it } from 'vitest';
import { parseInterrupts } from '../../../src/kernel/interrupts.ts';
import { fixture } from './fixture.ts';

const row = (text: string, irq: string) => parseInterrupts(text).value.rows.find((found) => found.irq === irq);
const header = '           CPU0       CPU1\n';

describe('parseInterrupts', () => {
  it('reads 6.1: hwirq-flow glued', () => {
    const text = fixture('interrupts.6.1.txt');
    expect(parseInterrupts(text).value.cpus).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(row(text, '40')).toEqual({
      irq: '40',
      counts: Float64Array.of(0, 0, 2, 0, 0, 0, 639, 0),
      total: false,
      description: 'PCI-MSI 1048579-edge enp2s0-rxtx-3',
      actions: ['enp2s0-rxtx-3'],
    });
    expect(row(text, '24')?.actions).toEqual(['PCIe PME', 'aerdrv']);
    expect(row(text, 'LOC')).toMatchObject({ description: 'Local timer interrupts', actions: [] });
  });

  it('reads 6.8: the chip carries the PCI address', () => {
    expect(row(fixture('interrupts.6.8.txt'), '36')).toMatchObject({
      description: 'PCI-MSIX-0000:00:03.0 1-edge virtio2-input.0',
      actions: ['virtio2-input.0'],
    });
  });

  it('knows the totals of the whole machine from the first CPU', () => {
    const text = fixture('interrupts.6.1.txt');
    expect(row(text, 'ERR')).toMatchObject({ counts: Float64Array.of(0), total: true });
    expect(row(text, 'MIS')?.total).toBe(true);
    expect(row(text, 'LOC')?.total).toBe(false);
    expect(row(`${header}Err:          3\n`, 'Err')).toMatchObject({ counts: Float64Array.of(3), total: true });
    expect(row(`${header}ERR:  0   1   Spurious errors\n`, 'ERR')?.total).toBe(false);
    expect(row(' CPU0\nERR:   1   Error interrupts\n', 'ERR')?.total).toBe(false);
    expect(row(' CPU0\nERR:   1\n', 'ERR')?.total).toBe(true);
  });

  it('numbers columns by the header: offline CPUs have none', () => {
    const text = '   CPU0  CPU2  CPU10\n 24:  1  2  3  PCI-MSI 1-edge  eth0\n';
    expect(parseInterrupts(text).value.cpus).toEqual([0, 2, 10]);
  });

  it.each([
    ['IO-APIC-edge      timer', ['timer']],
    ['IR-HPET_MSI-edge    ', []],
    ['GICv3  30 Level     arch_timer', ['arch_timer']],
    ['ITS-MSI 524288 Edge      eth0-TxRx-0', ['eth0-TxRx-0']],
    ['IO-APIC  10-fasteoi   virtio10, ehci_hcd:usb1, uhci_hcd:usb2', ['virtio10', 'ehci_hcd:usb1', 'uhci_hcd:usb2']],
    ['IR-PCI-MSI 1572864-edge      mlx5_comp0@pci:0000:03:00.0', ['mlx5_comp0@pci:0000:03:00.0']],
    ['xen-dyn    -event     eth0-q0-tx', ['eth0-q0-tx']],
    ['3b00-MSI   1-edge  eth0', ['eth0']],
    ['ARMCTRL-level  65 Edge      3f00b880.mailbox', ['3f00b880.mailbox']],
    ['IO-APIC   2-edge', []],
    ['', []],
  ])('finds the actions in "%s"', (description, actions) => {
    const found = row(`${header} 24:   1   0   ${description}\n`, '24');
    expect(found?.actions).toEqual(actions);
    expect([...(found?.counts ?? [])]).toEqual([1, 0]);
  });

  it('reads a count that is glued to its label', () => {
    const text = `${header}IPI0:2768808080 2844211768       Rescheduling interrupts\n`;
    expect(row(text, 'IPI0')).toMatchObject({ counts: Float64Array.of(2_768_808_080, 2_844_211_768), actions: [] });
  });

  it('keeps rows with fewer numbers, or none', () => {
    expect(row(`${header}FIQ:              usb_fiq\n`, 'FIQ')).toMatchObject({
      counts: new Float64Array(0),
      description: 'usb_fiq',
    });
    expect([...(row(`${header} 5:   7   timer\n`, '5')?.counts ?? [])]).toEqual([7]);
  });

  it('reads tabs, and a four-digit label that fills its column', () => {
    expect(row('\t CPU0\tCPU1\n\t1024:\t7\t8\tPCI-MSI 3-edge\teth0\n', '1024')).toMatchObject({ actions: ['eth0'] });
  });

  it('leaves out the number at which the text ends', () => {
    const { value, warnings } = parseInterrupts(' CPU0 CPU1 CPU2\n 24:  11  12');
    expect([...(value.rows[0]?.counts ?? [])]).toEqual([11]);
    expect(warnings).toHaveLength(1);
  });

  it('says that nothing can be read without a header', () => {
    const { value, warnings } = parseInterrupts(' 24:  1  2  eth0\n');
    expect(value).toEqual({ cpus: [], rows: [] });
    expect(warnings[0]?.line).toBe(1);
  });
});
