import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { observe } from '../../../src/capture/observation.ts';
import type { Found } from '../../../src/diagnosis/finding.ts';
import { fileFor, renderLine } from '../../../src/tuning/renderFile.ts';
import { inTreeOfMachine, type Tree, whyNoTree } from '../sysctlTree.ts';
import { machine, setForNow } from './place.ts';

const collector = fileURLToPath(new URL('../../../src/capture/collector.sh', import.meta.url));
const key = 'net.ipv4.tcp_fin_timeout';

/** On a host that systemd runs, as /run tells. */
function findingsIn(tree: Tree): Found[] {
  const { diagnosis } = observe(inTreeOfMachine(tree, `mkdir -p /run/systemd/system; sh ${collector} 1`));
  expect(diagnosis.checked).toEqual(expect.arrayContaining(['R59', 'R60']));
  return diagnosis.findings.filter(({ rule }) => rule !== 'R37');
}

describe.runIf(whyNoTree() === null)('a fault of the files that are read at boot', () => {
  const running = machine.sh(`sysctl -n ${key}`).trim();

  it('lines in a file that nobody reads: where the finding says, they are read', () => {
    const tree: Tree = { '/etc/sysctl.conf': `${key} = ${running}\n`, '/etc/sysctl.d/50-ours.conf': '# nothing yet\n' };
    const [first] = findingsIn(tree);
    expect(first).toMatchObject({ rule: 'R60', changes: [{ key, value: running, current: null }] });
    const [change] = first?.changes ?? [];
    const line = change === undefined ? null : renderLine(change);
    if (change === undefined || line === null || !line.ok) throw new Error('no line');
    expect(findingsIn({ ...tree, [fileFor(change)]: `${line.text}\n` })).toEqual([]);
  });

  it('a file that sets another value than runs: nothing is proposed, since who is right is not known', () => {
    const other = String(Number(running) + 1);
    const tree: Tree = { '/etc/sysctl.d/50-ours.conf': `${key} = ${other}\n` };
    expect(findingsIn(tree)).toMatchObject([{ rule: 'R59', severity: 'info', changes: [] }]);
    const restore = setForNow({ [key]: other });
    try {
      expect(findingsIn(tree)).toEqual([]);
    } finally {
      restore();
    }
  });
});
