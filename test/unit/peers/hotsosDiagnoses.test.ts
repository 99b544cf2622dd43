import { describe, expect, test } from 'vitest';
import { observe } from '../../../src/capture/observation.ts';
import { captureText, grepOf, tailOf } from '../capture/captureText.ts';
import { type PeerCase, peerCases } from './cases.ts';

/** What we say of the files that hotsos judges; where it differs, docs/rules.md says why. */
const expected: Readonly<
  Record<string, { readonly fires?: readonly string[]; readonly notChecked?: readonly string[] }>
> = {
  'diag.tcp': { notChecked: ['R55'] },
  'diag.tcp_mem_exhausted': { fires: ['R27 crit', 'R65 crit'] },
  'diag.tcp_mem_high': { fires: ['R27 crit', 'R65 warn'] },
  'diag.tcp_mem_sockstat_sysctl_absent': { notChecked: ['R27', 'R65'] },
  'diag.tcp_mem_sysctl_absent': { notChecked: ['R27', 'R65'] },
  'diag.udp': { notChecked: ['R44'] },
  // Its TCP memory is used up as well; hotsos is asked of UDP alone.
  'diag.udp_mem_exhausted': { fires: ['R27 crit', 'R65 crit'] },
  'diag.udp_mem_sysctl_exhausted': {},
};

/** One look at a host of which only these files are known; each stands behind its path in `input.txt`. */
function observed({ input }: PeerCase) {
  const files = new Map(
    input.split(/^### /m).flatMap((part): [string, string][] => {
      const end = part.indexOf('\n');
      return end < 0 ? [] : [[part.slice(0, end), part.slice(end + 1)]];
    }),
  );
  const kernel = [...files].filter(([path]) => path.startsWith('proc/')).map(([path, text]) => [`/${path}`, text]);
  const settings = (files.get('sos_commands/kernel/sysctl_-a') ?? '').split('\n').flatMap((line) => {
    const [key, value] = line.split(' = ');
    return key === undefined || value === undefined ? [] : [[`/proc/sys/${key.replaceAll('.', '/')}`, value]];
  });
  return observe(
    captureText([
      { name: 'counters@A', stdout: tailOf(Object.fromEntries(kernel)) },
      ...(settings.length === 0 ? [] : [{ name: 'sysctl', stdout: grepOf(Object.fromEntries(settings)) }]),
    ]),
  ).diagnosis;
}

const judged = peerCases().filter(({ kind, name }) => kind === 'diagnosis' && !name.includes('over_mtu'));

describe.skipIf(judged.length === 0)('the files that hotsos judges', () => {
  test('every kind is here, but what is in logs alone', () => {
    expect(Object.keys(expected).sort()).toEqual(judged.map(({ name }) => name.split('/')[1]).sort());
  });

  test.each(judged)('$name', (one) => {
    const { fires = [], notChecked = [] } = expected[one.name.split('/')[1] ?? ''] ?? {};
    const { findings, notChecked: unchecked } = observed(one);
    expect(findings.map(({ rule, severity }) => `${rule} ${severity}`).sort()).toEqual(fires);
    expect(unchecked.map(({ rule }) => rule)).toEqual(expect.arrayContaining([...notChecked]));
  });
});
