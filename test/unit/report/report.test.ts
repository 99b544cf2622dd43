import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Observation, observe } from '../../../src/capture/observation.ts';
import { allRules } from '../../../src/diagnosis/allRules.ts';
import { reportMarkdown } from '../../../src/report/markdown.ts';
import { reportHtml } from '../../../src/report/page.ts';
import { noFaultSentence } from '../../../src/report/verdict.ts';

const textOf = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const faulty = observe(textOf('media/sample.netsnap'));
const healthy = observe(textOf('test/fixtures/captures/vm-8cpu.netsnap'));

/** The same host with a name and a NIC that mean harm. */
const harm = '</style><script>alert(1)</script>[a](command:b)"><img src=x onerror=y>';
const hostile: Observation = {
  ...faulty,
  snapshot: {
    ...faulty.snapshot,
    host: { ...faulty.snapshot.host, hostname: harm, os: harm },
    problems: [harm],
    nics: faulty.snapshot.nics.map((nic) => ({
      ...nic,
      name: harm,
      irqs: nic.irqs.map((irq) => ({ ...irq, action: harm })),
    })),
  },
  diagnosis: {
    ...faulty.diagnosis,
    findings: faulty.diagnosis.findings.map((finding) => ({ ...finding, title: harm, advice: [harm] })),
  },
};

describe('a report', () => {
  it('as HTML is one file without scripts, with findings, evidence, changes, charts and what was not checked', () => {
    const page = reportHtml([{ name: 'web-1', observation: faulty }]);
    expect(page).toMatch(/^<!DOCTYPE html>\n<html lang="en">/);
    expect(page).toContain(
      `content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"`,
    );
    expect(page).not.toMatch(/<(script|link|img|iframe|form)\b|\s(src|href|on\w+|style)=|@import|url\(/);
    for (const finding of faulty.diagnosis.findings) {
      expect(page).toContain(`<p class="quiet">${finding.rule}, step`);
      for (const { source } of finding.evidence) expect(page).toContain(source);
    }
    expect(page).toContain('<pre>net.core.netdev_max_backlog = 2000</pre>');
    expect(page).toContain('Not checked');
    for (const { reason } of faulty.diagnosis.notChecked) expect(page).toContain(reason);
    expect(page.match(/<svg /g)).toHaveLength(3);
    expect(page).toContain('4,149 dropped/s');
    expect(page).toContain('36 eth1-rx-0');
    expect(page).toContain('prefers-color-scheme: dark');
  });

  it('draws a bar as long as its share, and no number that is none', () => {
    const page = reportHtml([{ name: 'web-1', observation: faulty }]);
    expect(page).not.toMatch(/NaN|Infinity|undefined|="-/);
    const bars = [...page.matchAll(/<rect [^>]*width="([\d.]+)"[^>]*class="bar bad"/g)].map(([, width]) =>
      Number(width),
    );
    expect(bars).toEqual([300]);
  });

  it('as Markdown says the same', () => {
    const text = reportMarkdown([{ name: 'web-1', observation: faulty }]);
    expect(text).toMatch(/^# web-1\n/);
    expect(text).toContain(
      '| `/proc/net/softnet_stat` | CPU 1 dropped | 245,188 -> 308,372 | 4,149 drops/s over 15.23 s |',
    );
    expect(text).toContain('- `net.core.netdev_max_backlog = 2000` in `/etc/sysctl.d/90-packet-path.conf`');
    for (const { rule, title } of faulty.diagnosis.notChecked) expect(text).toContain(`- ${rule} ${title}: `);
  });

  it('has nothing of a host as markup', () => {
    const page = reportHtml([{ name: harm, observation: hostile }], [{ name: harm, problem: harm }]);
    expect(page.match(/<(script|img|\/style)/g)).toEqual(['</style']);
    expect(page.match(/&lt;script&gt;/g)?.length).toBeGreaterThan(10);
    const text = reportMarkdown([{ name: harm, observation: hostile }], [{ name: harm, problem: harm }]);
    expect(text.match(/(?<!\\)(<|\[a|\]\()/g)).toBeNull();
  });

  it('is of several hosts, those that failed among them', () => {
    const page = reportHtml(
      [
        { name: 'a', observation: faulty },
        { name: 'b', observation: healthy },
      ],
      [{ name: 'c', problem: 'gone' }],
    );
    expect(page.match(/<h1>/g)).toHaveLength(3);
    expect(page).toContain('<p>Not looked at: gone</p>');
    expect(page).toContain('<p class="clean">No loss seen in 9.2 s at 16 packets/s.</p>');
  });

  it('of one sample says why there are no rates, and of an empty capture that there is nothing', () => {
    const [first] = textOf('media/sample.netsnap').split('\n', 1);
    const empty = observe(`${first}\n`);
    const page = reportHtml([{ name: 'web-1', observation: empty }]);
    expect(page).not.toContain('<svg');
    expect(page).toContain(`0 rules ran, ${allRules.length} could not.`);
    expect(noFaultSentence(empty)).toBeNull();
  });
});

describe('no fault', () => {
  const withoutFindings = (observation: Observation): Observation => ({
    ...observation,
    diagnosis: { ...observation.diagnosis, findings: [] },
  });

  it('is said with the interval and the packets', () => {
    expect(noFaultSentence(healthy)).toBe('No loss seen in 9.2 s at 16 packets/s.');
  });

  it('is not said beside a finding', () => {
    expect(noFaultSentence(faulty)).toBeNull();
  });

  it('is not said of loss that no rule warns of', () => {
    expect(noFaultSentence(withoutFindings(faulty))).toMatch(
      /^No rule warns, but some was lost in 15\.2 s at \d+ packets\/s: softnet dropped 4,149\/s, .*Udp RcvbufErrors 136\/s/,
    );
  });

  it('is not said without rates', () => {
    const blind: Observation = { ...healthy, rates: { ok: false, reason: 'one sample' } };
    expect(noFaultSentence(blind)).toBe('Whether packets are lost cannot be seen: one sample.');
  });
});
