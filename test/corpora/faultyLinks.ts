import { linkKeys } from '../../src/knowledge/linkKeys.ts';

const values = [
  ...['', 'yes', 'no', 'on', 'off', 'true', 'false', 'TRUE', 't', 'f', 'y', 'n', '1', '0', '2', '-1', '+1', 'maybe', '"yes"', 'yes # note', 'yes no'],
  ...['max', 'Max', 'all', 'disable', 'auto', 'none', '4096', '4294967294', '4294967295', '4294967296', '0x10', '010', '1.5', '1K', '1k', '1M', '64K', '65536', '65537', '9000', '68', '67', '1 2', '1,2', '1-3', '3-1', '0-3,8', '0-3 8', 'ff', '0xff', '99999', '10G', '10g', '1.5G', '10GB', '1B', '10 G'],
  ...['8', '8us', '8 us', '8usec', '8µs', '8ms', '1s', '1sec', '1min', '1h', '1d', '1w', '1month', '1y', '1min 30s', '8uss', 'us', '-8us', '0us', '8ns', '1.5ms', 'infinity', '1000000s'],
  ...['half', 'full', 'both', 'Full', 'tp', 'aui', 'bnc', 'mii', 'fibre', 'da', 'other', 'TP', 'straight', 'mdi', 'mdi-x', 'mdix', 'crossover', 'up'],
  ...['off magic', 'magic', 'phy unicast multicast broadcast arp magic secureon', 'MAGIC', 'magic,phy', 'foo', '10baset-full', '100baset-full 1000baset-full', '1000baseT-Full', '25000basecr-full', 'pause', 'fec-rs', '1000baset'],
  ...['keep', 'keep kernel database onboard slot path', 'kernel database onboard slot path mac', 'kernal', 'path,mac', 'database onboard slot path mac', 'persistent', 'random', 'Persistent', 'mac'],
  ...['eth0', 'eth*', 'lan0', 'a/b', 'a:b', 'a b', 'averylongname0123', 'exactly15chars1', '123', '.', '..', 'default', 'a%b', 'a.b', 'é'],
  ...['00:11:22:33:44:55', '00-11-22-33-44-55', '0011.2233.4455', '0:1:2:3:4:5', '00:11:22:33:44', '00:11:22:33:44:5g', '001122334455', '00:11:22:33:44:55 66:77:88:99:aa:bb', '00:11:22:33:44:55,66:77:88:99:aa:bb', '127.0.0.1', '::1', 'fe80::1', '00:11:22:33', '01:00:5e:00:00:01', 'ff:ff:ff:ff:ff:ff', '00:00:00:00:00:00', '80:00:02:08:fe:80:00:00:00:00:00:00:00:02:c9:03:00:0b:5c:01'],
  ...['A=b', 'A=b C=d', 'A', '=b', '"A=b c"', 'A=b "C', '!A=b', '!eth0', '>=6.1', '6.*', 'spread', 'single', 'local', '802.1Q', '802.1ad', '802.1q', '4095', '4096', '2147483646', '2147483647', '2147483648'],
];

/** Every key with every value, and lines that are none; a section header wherever the section changes. */
export function faultyLinks(): string[] {
  const lines: string[] = ['before=any section'];
  let section = '';
  for (const key of linkKeys) {
    // What systemd 257 does not know yet says nothing of values.
    if (key.since > 257) continue;
    if (key.section !== section) lines.push(`[${key.section}]`);
    section = key.section;
    for (const value of values) lines.push(`${key.name}=${value}`);
  }
  return [
    ...lines,
    ...['[Link]', 'no equals sign', ' Name = lan0 ', 'name=lan0', 'Nmae=lan0', 'X-Own=1', '=x', '; comment', '# comment', 'Description=a \\', '  # between', '  b', '[Lnk]', 'Name=lan0'],
    ...['[X-Own]', 'A=b', '[Link', 'Link]', '[]', '[ Link ]', 'Name=lan0', '[Match]', 'RxBufferSize=1', '[Link] # note', 'MACAddressPolicy=none'],
  ];
}
