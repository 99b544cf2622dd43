import type { NicView } from '../../nicViews.ts';
import type { SnapshotView } from '../../protocol.ts';
import type { Context } from '../context.ts';
import { dropdown } from '../controls.ts';
import { h } from '../dom.ts';
import { factList } from '../explained.ts';
import { unknown } from '../format.ts';
import { notRead } from '../readings.ts';
import { findingStrip } from './finding.ts';
import { nicCounters, nicStatistics } from './nicCounters.ts';
import { nicQdiscs } from './nicQdiscs.ts';
import { nicQueues } from './nicQueues.ts';
import { nicSettings } from './nicSettings.ts';
import { nicTraffic } from './nicTraffic.ts';
import { nicVectors } from './nicVectors.ts';

/** One part of what is shown of a NIC; nothing where it has nothing to say. */
type NicPart = (nic: NicView, view: SnapshotView, context: Context) => readonly Node[];

/** In the order they are shown: what goes wrong, where the packets go, how it is set up. */
const parts: readonly NicPart[] = [nicFacts, nicStatistics, nicCounters, nicVectors, nicQueues, nicQdiscs, nicSettings];

const chosenKey = 'nics.chosen';

/** All interfaces with their traffic, and one of them in full. */
export function renderNics(view: SnapshotView, context: Context): readonly Node[] {
  const strip = findingStrip(view, 'nics', context);
  const part = view.nics;
  if (!part.ok) return [...strip, notRead('NICs', part)];
  const { nics } = part.value;
  const [first] = nics;
  if (first === undefined) {
    return [...strip, notRead('NICs', { ok: false, reason: 'the host lists no interface', source: part.source })];
  }
  const named = (name: string): NicView | undefined => nics.find((nic) => nic.name === name);
  let chosen = named(context.memory.get(chosenKey, first.name)) ?? first;
  const body = h('div', { class: 'nic' });
  const picker = h('div', { class: 'nic-picker' });
  const draw = (): void => {
    picker.replaceChildren(
      dropdown(
        'Interface',
        nics.map(({ name, link }) => ({ value: name, label: link === '' ? name : `${name} (${link})` })),
        chosen.name,
        choose,
      ),
    );
    body.replaceChildren(...parts.flatMap((each) => each(chosen, view, context)));
  };
  const choose = (name: string): boolean => {
    const nic = named(name);
    if (nic === undefined) return false;
    chosen = nic;
    context.memory.set(chosenKey, name);
    draw();
    return true;
  };
  context.onReveal((key) => {
    // A setting of another interface is looked for when that one is shown.
    if (/^(?:setting|queue):/.test(key)) choose(nics.find(({ name }) => key.split(':', 2)[1] === name)?.name ?? '');
    if (!key.startsWith('nic:') || !choose(key.slice('nic:'.length))) return false;
    picker.scrollIntoView({ block: 'start' });
    return true;
  });
  draw();
  return [...strip, nicTraffic(part.value, view, context, choose), picker, body];
}

function nicFacts(nic: NicView): readonly Node[] {
  return [
    factList(nic.facts.map(({ label, value }) => ({ label, value: value ?? unknown, explain: `nicfact:${label}` }))),
  ];
}
