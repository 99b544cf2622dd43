import { describe, expect, it } from 'vitest';
import { parseNetstatText } from '../../../src/kernel/sockets/netstatText.ts';
import { fixture } from './fixture.ts';

describe('parseNetstatText', () => {
  it('reads sockets with their programs', () => {
    const { value, warnings } = parseNetstatText(fixture('netstat-tanp.txt'));
    expect(warnings).toEqual([]);
    expect(value.sockets).toMatchObject([
      { protocol: 'tcp', state: 'LISTEN', local: { portNumber: 7031 }, program: { pid: 261, name: 'python3' } },
      { state: 'LISTEN', local: { portNumber: 22 }, program: { pid: 1, name: 'sshd: /usr/sbin/s' } },
      { state: 'ESTABLISHED', foreign: { address: '10.88.0.2', portNumber: 52_398 } },
      { state: 'ESTABLISHED', inode: null, user: null, timer: null },
    ]);
  });

  it('reads all columns, a blank state, a raw socket’s number, and a name with blanks', () => {
    const text = `Active Internet connections (servers and established)
Proto Recv-Q Send-Q Local Address           Foreign Address         State       User       Inode      PID/Program name     Timer
tcp        0      0 127.0.0.1:53644         0.0.0.0:*               LISTEN      995        1154674    12387/Passenger Rac  off (0.00/0/0)
tcp6       0      0 ::1:25                  :::*                    LISTEN      postfix    12554      -                    keepalive (6832.17/0/0)
tcp        0      1 10.24.1.245:80          10.24.36.145:32790      SYN_RECV    0          0          -                    on (0.79/3/0)
udp        0      0 0.0.0.0:68              0.0.0.0:*                           0          77         535/dhclient         off (0.00/0/0)
raw6       0      0 [::]:ipv6-icmp          [::]:*                  7           0          78         865/NetworkManager   off (0.00/0/0)
`;
    const { value, warnings } = parseNetstatText(text);
    expect(warnings).toEqual([]);
    expect(value.sockets).toMatchObject([
      {
        state: 'LISTEN',
        user: '995',
        inode: 1_154_674,
        program: { pid: 12_387, name: 'Passenger Rac' },
        timer: { name: 'off', ms: 0, retransmits: 0 },
      },
      { local: { address: '::1', portNumber: 25 }, user: 'postfix', program: null, timer: { ms: 6_832_170 } },
      { sendQ: 1, state: 'SYN_RECV', timer: { name: 'on', ms: 790, retransmits: 3 } },
      { state: null, user: '0', inode: 77, program: { name: 'dhclient' } },
      { state: '7', local: { address: '::', port: 'ipv6-icmp', portNumber: null }, program: { pid: 865 } },
    ]);
  });

  it('reads unix sockets: no state, no path, names and paths with blanks', () => {
    const text = `Active UNIX domain sockets (servers and established)
Proto RefCnt Flags       Type       State         I-Node   PID/Program name     Path
unix  2      [ ]         DGRAM                    11776    1/systemd            /run/systemd/shutdownd
unix  2      [ ACC ]     STREAM     LISTENING     535      7/Passenger Rac      /run/a b
unix  3      [ ]         STREAM     CONNECTED     22366    -
unix  3      [ ]         STREAM     CONNECTED     22367    9/gnome shell
`;
    const { value, warnings } = parseNetstatText(text);
    expect(warnings).toEqual([]);
    expect(value.unix).toEqual([
      {
        protocol: 'unix',
        refCount: 2,
        flags: '',
        type: 'DGRAM',
        state: null,
        inode: 11_776,
        program: { pid: 1, name: 'systemd' },
        path: '/run/systemd/shutdownd',
      },
      {
        protocol: 'unix',
        refCount: 2,
        flags: 'ACC',
        type: 'STREAM',
        state: 'LISTENING',
        inode: 535,
        program: { pid: 7, name: 'Passenger Rac' },
        path: '/run/a b',
      },
      {
        protocol: 'unix',
        refCount: 3,
        flags: '',
        type: 'STREAM',
        state: 'CONNECTED',
        inode: 22_366,
        program: null,
        path: null,
      },
      {
        protocol: 'unix',
        refCount: 3,
        flags: '',
        type: 'STREAM',
        state: 'CONNECTED',
        inode: 22_367,
        program: { pid: 9, name: 'gnome shell' },
        path: null,
      },
    ]);
  });

  it('reads tables by the names of their columns', () => {
    const text = `Kernel IP routing table
Destination     Gateway         Genmask         Flags   MSS Window  irtt Iface
0.0.0.0         192.168.71.2    0.0.0.0         UG        0 0          0 ens33
Kernel IPv6 routing table
Destination                    Next Hop                   Flag Met Ref  Use If
fe80::/64                      ::                         U    256 2      0 eth0
Kernel Interface table
Iface   MTU Met   RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg
eth1       1500 0   1415807      0   3027 0         36355      0      0      0 BMRU
eth1:1     1500 0       - no statistics available -                        BMRU
IPv6/IPv4 Group Memberships
Interface       RefCnt Group
--------------- ------ ---------------------
lo              1      224.0.0.1
Active Bluetooth connections
whatever it says
`;
    const { value, warnings } = parseNetstatText(text);
    expect(warnings).toEqual([]);
    expect(value.routes.map((row) => Object.fromEntries(row))).toMatchObject([
      { Destination: '0.0.0.0', MSS: '0', Iface: 'ens33' },
      { 'Next Hop': '::', If: 'eth0' },
    ]);
    expect(value.interfaces.map((row) => Object.fromEntries(row))).toMatchObject([
      { Iface: 'eth1', 'RX-DRP': '3027', Flg: 'BMRU' },
      { Iface: 'eth1:1' },
    ]);
    expect(value.interfaces[1]?.size).toBe(1);
    expect(value.groups.map((row) => Object.fromEntries(row))).toEqual([
      { Interface: 'lo', RefCnt: '1', Group: '224.0.0.1' },
    ]);
  });

  it('says what it cannot read', () => {
    const header = 'Active Internet connections\nProto Recv-Q Send-Q Local Address Foreign Address State\n';
    expect(parseNetstatText('TcpExt: 1 2\n').warnings).toMatchObject([{ line: 1 }]);
    expect(parseNetstatText(`${header}tcp 0 0 ::1 5432 :: * LISTEN\n`).warnings).toMatchObject([{ line: 3 }]);
    expect(parseNetstatText(`${header}tcp x 0 1.1.1.1:1 2.2.2.2:2 LISTEN\n`).warnings).toMatchObject([{ line: 3 }]);
  });
});
