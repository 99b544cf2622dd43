import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { linkProblems } from '../../../src/languages/link/linkService.ts';
import { lineIndex } from '../../../src/languages/service/lineIndex.ts';
import { faultyLinks } from '../../corpora/faultyLinks.ts';
import { alone } from './linkedHosts.ts';

/**
 * Lines that udev named when it read them: `udevadm test-builtin net_setup_link` of systemd 257.13, the file in
 * /etc/systemd/network, SYSTEMD_LOG_LEVEL=debug. systemd keeps a CPU number in 32 bits and takes -1 for one.
 */
const named = new Set(
  gunzipSync(readFileSync('test/fixtures/udev/faulty-links.systemd-257.txt.gz'))
    .toString()
    .split('\n')
    .flatMap((line) => /^f:(\d+):/.exec(line)?.[1] ?? [])
    .map(Number),
);

const lines = faultyLinks();

test(`${lines.length} lines of a .link file, as systemd 257.13 judged them`, () => {
  const text = `${lines.join('\n')}\n`;
  const { positionOf } = lineIndex(text);
  const refused = new Set(
    linkProblems(text, alone(null))
      .filter(({ severity, code }) => severity === 'error' || code === 'key-gone')
      .map(({ span }) => positionOf(span.start).line + 1),
  );
  const apart = lines.flatMap((line, index) =>
    refused.has(index + 1) === named.has(index + 1)
      ? []
      : [`${index + 1} ${line}: ${refused.has(index + 1) ? 'we' : 'systemd'} alone`],
  );
  expect(named.size).toBeGreaterThan(12_900);
  expect(apart).toEqual(['8083 ReceivePacketSteeringCPUMask=4294967295: we alone']);
});
