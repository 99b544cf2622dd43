import { describe, expect, it } from 'vitest';
import { hostNamed, localHost } from '../../../src/hosts/host.ts';
import { type HostSpec, parseHostSpec } from '../../../src/hosts/hostSpec.ts';

const good: readonly [string, HostSpec][] = [
  ['web1', { user: null, host: 'web1', port: null }],
  ['root@10.0.0.1', { user: 'root', host: '10.0.0.1', port: null }],
  ['root@web1.example:2222', { user: 'root', host: 'web1.example', port: 2222 }],
  ['me@corp.example@web1', { user: 'me@corp.example', host: 'web1', port: null }],
  ['[2001:db8::1]:22', { user: null, host: '2001:db8::1', port: 22 }],
  ['u@[2001:db8::1]:22', { user: 'u', host: '2001:db8::1', port: 22 }],
  ['2001:db8::1', { user: null, host: '2001:db8::1', port: null }],
  ['::1', { user: null, host: '::1', port: null }],
  ['fe80::1%eth0', { user: null, host: 'fe80::1%eth0', port: null }],
];

describe('parseHostSpec', () => {
  it.each(good)('reads %s', (text, spec) => {
    expect(parseHostSpec(text)).toEqual(spec);
  });

  it('reads what surrounds it too', () => {
    expect(parseHostSpec('  web1 ')?.host).toBe('web1');
    expect(parseHostSpec('[::1]')?.host).toBe('::1');
    expect(parseHostSpec('ssh://root@web1:22/')).toEqual({ user: 'root', host: 'web1', port: 22 });
  });

  it.each([
    '',
    ' ',
    '@',
    'root@',
    '@web',
    '-oProxyCommand=id',
    'root@-x',
    '-l@host',
    'a b',
    'a;id',
    '$(id)',
    '`id`',
    'a|b',
    "a'b",
    'web:',
    'web:0',
    'web:65536',
    'web:22x',
    '[::1',
    '[::1]x',
    'a\nb',
    'a\u0000',
    'a\u202eb',
    'web/x:y',
  ])('refuses %j', (text) => {
    expect(parseHostSpec(text)).toBeNull();
  });
});

it('hostNamed knows this machine', () => {
  expect(hostNamed('local')).toBe(localHost);
  expect(hostNamed(' web1 ')).toEqual({ kind: 'ssh', id: 'web1', label: 'web1', client: 'ssh2' });
  expect(hostNamed('web1', 'system')).toMatchObject({ client: 'system' });
});
