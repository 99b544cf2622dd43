import { describe, expect, test } from 'vitest';
import { linkActions } from '../../../src/languages/link/linkActions.ts';
import { linkProblems } from '../../../src/languages/link/linkService.ts';
import type { Action } from '../../../src/languages/service/languageService.ts';
import { udevActions } from '../../../src/languages/udev/udevActions.ts';
import { udevProblems } from '../../../src/languages/udev/udevProblems.ts';
import { applySpans } from './apply.ts';
import { alone, onVm } from './linkedHosts.ts';

const rules = onVm('/etc/udev/rules.d/90-net.rules');
const link = onVm('/etc/systemd/network/10-lan.link');
const whole = (text: string) => ({ start: 0, end: text.length });

function named(actions: readonly Action[], title: string): Action {
  const found = actions.find((action) => action.title.startsWith(title));
  if (found === undefined) throw new Error(`no "${title}" among ${actions.map((one) => one.title).join(', ')}`);
  return found;
}

describe('what runs is made permanent', () => {
  test('in rules: what the file sets otherwise is changed, what it lacks is added, and then there is nothing to do', () => {
    const text = '# mine\nACTION=="add", SUBSYSTEM=="net", NAME=="eth2", RUN+="/usr/sbin/ethtool -G $name rx 512"\n';
    const action = named(udevActions(text, whole(text), rules), 'Make what runs on eth2 of vm permanent');
    expect(action.kind).toBe('source');
    const after = applySpans(text, action.edits);
    expect(after).toMatch(
      /^# mine\nACTION=="add", SUBSYSTEM=="net", NAME=="eth2", RUN\+="\/usr\/sbin\/ethtool -G \$name rx 1024"\n\n# Packet Path 20\d\d-\d\d-\d\d: eth2 of vm as it runs\n/,
    );
    expect(after).toContain('NAME=="eth2", RUN+="/usr/sbin/ethtool -L $name combined 8"\n');
    expect(after.indexOf('-L $name')).toBeLessThan(after.indexOf('-G $name tx'));
    expect(udevActions(after, whole(after), rules).map(({ title }) => title)).not.toContain(action.title);
    // Rings are set before the queues here, by the rule that was there: that is the one thing to say of it.
    const said = udevProblems(after, rules)
      .filter(({ severity }) => severity !== 'hint')
      .map(({ code }) => code);
    expect(said).toEqual([]);
  });

  test('in an empty .link file: a whole one, of which nothing is wrong', () => {
    const action = named(linkActions('', whole(''), link), 'Make what runs on eth2 of vm permanent');
    const text = applySpans('', action.edits);
    expect(text).toContain('[Match]\nPermanentMACAddress=52:54:00:20:00:02\n');
    expect(text).toContain('NamePolicy=keep kernel\n');
    expect(text).toContain('RxBufferSize=1024\n');
    expect(linkProblems(text, link).filter(({ severity }) => severity !== 'hint')).toEqual([]);
  });

  test('in a .link file that is there', () => {
    const text = '[Match]\nDriver=vmxnet3\n\n[Link]\nNamePolicy=keep\nRxBufferSize=512\n\n# end\n';
    const after = applySpans(text, named(linkActions(text, whole(text), link), 'Make what runs on eth2').edits);
    expect(after).toMatch(
      /NamePolicy=keep\nRxBufferSize=1024\nCombinedChannels=8\nRxJumboBufferSize=512\nTxBufferSize=512\n[\s\S]*\n\n# end\n$/,
    );
    expect(linkActions(after, whole(after), link).filter(({ kind }) => kind === 'source')).toEqual([]);
  });
});

describe('rules become a .link file, and back', () => {
  const rule =
    'ACTION=="add", SUBSYSTEM=="net", NAME=="eth2", ATTR{tx_queue_len}="5000", \\\n  RUN+="/usr/sbin/ethtool -G $name rx 2048 tx 1024"\n';

  test('a rule that moves whole is left as a comment', () => {
    const action = named(udevActions(rule, { start: 5, end: 5 }, rules), 'Convert to a .link file for eth2');
    expect(action.title).toBe('Convert to a .link file for eth2');
    expect(applySpans(rule, action.edits)).toBe(
      '# ACTION=="add", SUBSYSTEM=="net", NAME=="eth2", ATTR{tx_queue_len}="5000", \\\n#   RUN+="/usr/sbin/ethtool -G $name rx 2048 tx 1024"\n',
    );
    expect(action.opens?.path).toBe('/etc/systemd/network/10-eth2.link');
    const text = action.opens?.text ?? '';
    expect(text).toMatch(
      /PermanentMACAddress=52:54:00:20:00:02[\s\S]*RxBufferSize=2048\nTxBufferSize=1024\nTransmitQueueLength=5000\n$/,
    );
    expect(linkProblems(text, link)).toEqual([]);

    const back = named(
      linkActions(text, { start: text.indexOf('[Link]'), end: text.length }, link),
      'Convert to udev rules for eth2',
    );
    expect(back.title).toBe(
      'Convert to udev rules for eth2 (NamePolicy, AlternativeNamesPolicy, MACAddressPolicy stays)',
    );
    expect(back.opens?.text).toBe(
      [
        'ACTION=="add|change", SUBSYSTEM=="net", NAME=="eth2", RUN+="/usr/sbin/ethtool -G $name rx 2048"',
        'ACTION=="add|change", SUBSYSTEM=="net", NAME=="eth2", RUN+="/usr/sbin/ethtool -G $name tx 1024"',
        'ACTION=="add|change", SUBSYSTEM=="net", NAME=="eth2", ATTR{tx_queue_len}="5000"',
        '',
      ].join('\n'),
    );
    expect(applySpans(text, back.edits)).toMatch(
      /\n# RxBufferSize=2048\n# TxBufferSize=1024\n# TransmitQueueLength=5000\n$/,
    );
  });

  test('what a .link file cannot hold stays, and is named', () => {
    const text =
      'ACTION=="add", SUBSYSTEM=="net", NAME=="eth2", ATTR{mtu}="9000", ATTR{gro_flush_timeout}="20000", RUN+="/bin/a"\n';
    const action = named(udevActions(text, { start: 0, end: 0 }, alone(null)), 'Convert to a .link file for eth2');
    expect(action.title).toBe('Convert to a .link file for eth2 (gro_flush_timeout, RUN stays: no .link option)');
    expect(applySpans(text, action.edits)).toBe(
      'ACTION=="add", SUBSYSTEM=="net", NAME=="eth2", ATTR{gro_flush_timeout}="20000", RUN+="/bin/a"\n',
    );
    expect(action.opens?.text).toMatch(/\[Match\]\nOriginalName=eth2\n\n\[Link\]\nMTUBytes=9000\n$/);
  });

  test('RPS of queues, times, switches and max come back as a rule writes them', () => {
    const text =
      '[Match]\nDriver=vmxnet3\n[Link]\nNamePolicy=keep\nReceivePacketSteeringCPUMask=0-3\nRxCoalesceSec=50us\nGenericReceiveOffload=no\nRxBufferSize=max\n';
    const back = named(
      linkActions(text, { start: text.indexOf('[Link]'), end: text.length }, link),
      'Convert to udev rules for eth2',
    );
    expect(back.opens?.text.split('\n').map((line) => line.replace(/^.*(?:DEVPATH==\S+|NAME==\S+) /, ''))).toEqual([
      'RUN+="/usr/sbin/ethtool -G $name rx 4096"',
      'RUN+="/usr/sbin/ethtool -C $name rx-usecs 50"',
      'RUN+="/usr/sbin/ethtool -K $name gro off"',
      `RUN+="/bin/sh -c 'for queue in /sys/class/net/$name/queues/rx-*; do echo f > $$queue/rps_cpus; done'"`,
      '',
    ]);
    // And once more, for any host; one with systemd 252 does not know the last.
    const rules_ = back.opens?.text ?? '';
    const known = named(udevActions(rules_, whole(rules_), rules), 'Convert to a .link file for eth2');
    expect(known.title).toBe('Convert to a .link file for eth2 (RUN stays: no .link option)');
    expect(known.opens?.text).toMatch(/GenericReceiveOffload=no\n$/);
    const again = named(udevActions(rules_, whole(rules_), alone(null)), 'Convert to a .link file for eth2');
    expect(again.title).toBe('Convert to a .link file for eth2');
    expect(again.opens?.text).toMatch(
      /RxBufferSize=4096\nRxCoalesceSec=50us\nGenericReceiveOffload=no\nReceivePacketSteeringCPUMask=0-3\n$/,
    );
  });

  test('rules of several interfaces are left alone', () => {
    const text = 'ACTION=="add", SUBSYSTEM=="net", NAME=="eth*", ATTR{mtu}="9000"\n';
    expect(udevActions(text, whole(text), alone(null))).toEqual([]);
  });
});
