import { describe, expect, it } from 'vitest';
import { splitGrep, splitTail } from '../../../src/kernel/multiFile.ts';

describe('splitTail', () => {
  it.each([
    [
      'several files',
      '==> /a <==\n1\n\n==> /b <==\n2\n',
      [
        ['/a', '1\n'],
        ['/b', '2\n'],
      ],
    ],
    [
      'empty files',
      '==> /a <==\n\n==> /b <==\n\n==> /c <==\n',
      [
        ['/a', ''],
        ['/b', ''],
        ['/c', ''],
      ],
    ],
    [
      'a text without a line end',
      '==> /a <==\n1\n==> /b <==\n2',
      [
        ['/a', '1'],
        ['/b', '2'],
      ],
    ],
    [
      'a text that ends in empty lines',
      '==> /a <==\n1\n\n\n==> /b <==\n',
      [
        ['/a', '1\n\n'],
        ['/b', ''],
      ],
    ],
    [
      'a file twice',
      '==> /a <==\n1\n\n==> /a <==\n2\n',
      [
        ['/a', '1\n'],
        ['/a', '2\n'],
      ],
    ],
    [
      'CRLF',
      '==> /a <==\r\n1\r\n\r\n==> /b <==\r\n2\r\n',
      [
        ['/a', '1\r\n'],
        ['/b', '2\r\n'],
      ],
    ],
    ['a path with blanks', '==> /a b <==\n1\n', [['/a b', '1\n']]],
    ['a single file', '1\n2\n', [['', '1\n2\n']]],
    ['a cut header', '==> /a <==\n1\n\n==> /b <', [['/a', '1\n\n==> /b <']]],
    ['what only looks like a header', '==> <==\n', [['', '==> <==\n']]],
    ['nothing', '', []],
  ])('%s', (_, text, files) => {
    expect(splitTail(text).map((file) => [file.path, file.text])).toEqual(files);
  });

  it('names a single file', () => {
    expect(splitTail('1\n', '/proc/uptime')).toEqual([{ path: '/proc/uptime', text: '1\n' }]);
  });
});

describe('splitGrep', () => {
  it.each([
    ['/sys/class/net/eth0/mtu:1500', '/sys/class/net/eth0/mtu', '1500'],
    ['/sys/class/net/eth0:1/mtu:1500', '/sys/class/net/eth0:1/mtu', '1500'],
    ['/proc/sys/net/ipv4/conf/eth0:1/rp_filter:2', '/proc/sys/net/ipv4/conf/eth0:1/rp_filter', '2'],
    [
      '/sys/class/net/eth0/device/uevent:PCI_SLOT_NAME=0000:00:03.0',
      '/sys/class/net/eth0/device/uevent',
      'PCI_SLOT_NAME=0000:00:03.0',
    ],
    [
      '/sys/class/net/eth0/device/uevent:MODALIAS=pci:v00001AF4d00001000sv00001AF4',
      '/sys/class/net/eth0/device/uevent',
      'MODALIAS=pci:v00001AF4d00001000sv00001AF4',
    ],
    [
      '/sys/devices/pci0000:00/0000:00:03.0/virtio2/net/eth0/mtu:1500',
      '/sys/devices/pci0000:00/0000:00:03.0/virtio2/net/eth0/mtu',
      '1500',
    ],
    [
      '/sys/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A03:00/usb1/1-1/1-1:1.0/net/wwan0/uevent:A=/b/c:d',
      '/sys/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A03:00/usb1/1-1/1-1:1.0/net/wwan0/uevent',
      'A=/b/c:d',
    ],
    ['/sys/class/net/eth0/ifalias:uplink/2:3', '/sys/class/net/eth0/ifalias', 'uplink/2:3'],
    ['/proc/sys/kernel/core_pattern:|/usr/bin/x:y', '/proc/sys/kernel/core_pattern', '|/usr/bin/x:y'],
    ['/proc/sys/kernel/modprobe:/sbin/modprobe', '/proc/sys/kernel/modprobe', '/sbin/modprobe'],
    ['/proc/net/unix:ffff: 00000002 /run/a:b', '/proc/net/unix', 'ffff: 00000002 /run/a:b'],
    ['/sys/class/net/eth0/ifalias:', '/sys/class/net/eth0/ifalias', ''],
    ['/sys/class/net/bonding_masters:bond0 bond1', '/sys/class/net/bonding_masters', 'bond0 bond1'],
    ['Binary file x matches', '', 'Binary file x matches'],
  ])('%s', (line, path, text) => {
    expect(splitGrep(`${line}\r\n`)).toEqual([{ path, text }]);
  });

  it('keeps every line of a file', () => {
    expect(splitGrep('/a/uevent:X=1\n/a/uevent:Y=2\n').map((line) => line.text)).toEqual(['X=1', 'Y=2']);
  });
});
