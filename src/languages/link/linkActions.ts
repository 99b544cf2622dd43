import { formatCpuMask, parseCpuList } from '../../kernel/cpuList.ts';
import { linkKey } from '../../knowledge/linkKeys.ts';
import { systemdOf } from '../../knowledge/systemdVersions.ts';
import type { Nic } from '../../model/snapshot.ts';
import type { EthtoolSet, NicChange } from '../../tuning/change.ts';
import { linkForm } from '../../tuning/forms/link.ts';
import { linkOptionOf } from '../../tuning/forms/linkOptions.ts';
import { udevForm } from '../../tuning/forms/udev.ts';
import { keptByRules } from '../../tuning/permanent.ts';
import { writeForm } from '../../tuning/writeForm.ts';
import type { Action, DocumentContext, Span, SpanEdit } from '../service/languageService.ts';
import type { LinkedHost } from '../service/linkedHost.ts';
import { lineEndOf } from '../text/lines.ts';
import { mostOf } from '../udev/checkEthtool.ts';
import { surelyMatched } from './linkNics.ts';
import { microseconds } from './linkValue.ts';
import { parseUnit, settingsOf, type UnitNode, type UnitSettingNode } from './unitText.ts';

/** What may be done with a .link file where nothing is wrong: made of what runs, or made udev rules. */
export function linkActions(text: string, span: Span, context: DocumentContext): Action[] {
  const nodes = parseUnit(text);
  return [
    ...toUdev(text, nodes, span, context),
    ...(context.host === null ? [] : fromHost(text, nodes, context, context.host)),
  ];
}

/** For a file without conditions yet: one for each NIC; else for the NIC that it is surely and alone for. */
function fromHost(text: string, nodes: readonly UnitNode[], context: DocumentContext, host: LinkedHost): Action[] {
  const action = (nic: Nic, edits: readonly SpanEdit[]): Action => ({
    title: `Make what runs on ${nic.name} of ${host.label} permanent`,
    kind: 'source',
    edits,
    preferred: false,
  });
  if (settingsOf(nodes).length === 0) {
    return host.nics
      .filter(({ physical }) => physical)
      .slice(0, 16)
      .flatMap((nic) => {
        const changes = heldBy(host, nic).map((change) => ({ change, notes: [] }));
        const { files } = writeForm(linkForm, changes, host.snapshot);
        const [file] = files;
        return file === undefined ? [] : [action(nic, [{ start: text.length, end: text.length, text: file.text }])];
      });
  }
  const [nic, ...others] = surelyMatched(text, context);
  if (nic === undefined || others.length > 0) return [];
  const edits = editsFor(text, nodes, nic, host);
  return edits.length === 0 ? [] : [action(nic, edits)];
}

/** What runs and the host's systemd has an option for. */
function heldBy(host: LinkedHost, nic: Nic): NicChange[] {
  const version = systemdOf(host.os) ?? Number.POSITIVE_INFINITY;
  return keptByRules(nic, host.snapshot).filter((change) => (linkOptionOf(change)?.since ?? 0) <= version);
}

function editsFor(text: string, nodes: readonly UnitNode[], nic: Nic, host: LinkedHost): SpanEdit[] {
  const set = settingsOf(nodes).filter(({ section }) => section === 'Link');
  const edits: SpanEdit[] = [];
  const lines: string[] = [];
  for (const change of heldBy(host, nic)) {
    const line = linkForm.render(change, host.snapshot);
    const option = linkOptionOf(change);
    if (!line.ok || option === null) continue;
    const value = line.text.slice(option.name.length + 1);
    const there = set.findLast(({ key }) => key === option.name);
    if (there === undefined) lines.push(line.text);
    else if (there.value !== value) edits.push({ ...there.valueSpan, text: value });
  }
  const header = nodes.find((node) => node.kind === 'section' && node.name === 'Link');
  const at = set.at(-1) ?? header;
  if (lines.length === 0) return edits;
  const end = lineEndOf(text);
  if (at === undefined)
    return [
      ...edits,
      { start: text.length, end: text.length, text: `${end}[Link]${end}${lines.map((line) => line + end).join('')}` },
    ];
  const last = nodes.find((node) => node === at)?.end ?? text.length;
  const ended = /[\r\n]$/.test(text.slice(0, last)) ? '' : end;
  return [...edits, { start: last, end: last, text: `${ended}${lines.map((line) => line + end).join('')}` }];
}

/** The settings of the lines at the cursor, or of all of [Link], as udev rules. */
function toUdev(text: string, nodes: readonly UnitNode[], span: Span, context: DocumentContext): Action[] {
  const nic = nicOf(text, nodes, context);
  if (nic === null) return [];
  const all = settingsOf(nodes).filter(({ section }) => section === 'Link');
  const within = nodes.filter((node) => node.start <= span.end && span.start < Math.max(node.end, node.start + 1));
  const chosen = all.filter((node) => within.some((one) => one === node));
  const asked =
    chosen.length > 0 ? chosen : within.some((node) => node.kind === 'section' && node.name === 'Link') ? all : [];
  const found = asked.map((node) => ({ node, change: changeOf(node, nic.name, nic.facts) }));
  const moved = found.filter((one): one is { node: UnitSettingNode; change: NicChange } => one.change !== null);
  if (moved.length === 0) return [];
  const { files, refused } = writeForm(
    udevForm,
    moved.map(({ change }) => ({ change, notes: [] })),
    context.host?.snapshot ?? null,
  );
  const [file] = files;
  if (file === undefined || refused.length > 0) return [];
  const left = found.filter(({ change }) => change === null).map(({ node }) => node.key);
  const stays = left.length === 0 ? '' : ` (${[...new Set(left)].join(', ')} stays)`;
  return [
    {
      title: `Convert to udev rules for ${nic.name}${stays}`,
      kind: 'refactor',
      edits: moved.map(({ node }) => ({ start: node.keySpan.start, end: node.keySpan.start, text: '# ' })),
      preferred: false,
      opens: { language: 'udev-rules', path: file.path, text: file.text },
    },
  ];
}

/** The one interface a file is for: of the linked host, else by the name it matches. */
function nicOf(
  text: string,
  nodes: readonly UnitNode[],
  context: DocumentContext,
): { readonly name: string; readonly facts: Nic | null } | null {
  const [nic, ...others] = surelyMatched(text, context);
  if (nic !== undefined) return others.length > 0 ? null : { name: nic.name, facts: nic };
  const names = settingsOf(nodes).filter(({ section, key }) => section === 'Link' && key === 'Name');
  const name = names.at(-1)?.value ?? '';
  return /^[A-Za-z0-9_.-]{1,15}$/.test(name) ? { name, facts: null } : null;
}

/** A setting of [Link] as a change; null for one that no rule of ours can make. */
function changeOf({ key, value }: UnitSettingNode, nic: string, facts: Nic | null): NicChange | null {
  const known = linkKey('Link', key);
  const [set = '', name = ''] = known?.same.split(' ') ?? [];
  const written = known === undefined ? null : writtenFor(known.value, value, set, name, facts);
  if (written === null) return null;
  const common = { nic, value: written, current: null, atLeast: false };
  if (set === 'tx_queue_len' || set === 'mtu') return { ...common, kind: 'device', attribute: set };
  if (set === 'rps_cpus') return { ...common, kind: 'queue', attribute: set };
  return ['ring', 'channels', 'coalesce', 'features', 'pause'].includes(set)
    ? { ...common, kind: 'ethtool', set: set as EthtoolSet, name }
    : null;
}

function writtenFor(kind: string, value: string, set: string, name: string, nic: Nic | null): string | null {
  switch (kind) {
    case 'boolean':
      return /^(?:1|y|yes|t|true|on)$/i.test(value) ? 'on' : /^(?:0|n|no|f|false|off)$/i.test(value) ? 'off' : null;
    case 'time': {
      const length = microseconds(value);
      return length === null ? null : String(Math.ceil(length));
    }
    case 'count-or-max': {
      const most = nic === null ? null : mostOf({ set: set === 'ring' ? 'ring' : 'channels' }, name, nic);
      if (value === 'max') return most === null ? null : String(most);
      return /^\d+$/.test(value) ? value : null;
    }
    case 'cpus': {
      const cpus = value === 'disable' ? [] : parseCpuList(value.trim().replace(/[\s,]+/g, ','));
      return cpus === null ? null : formatCpuMask(cpus);
    }
    case 'mtu': {
      const [, digits, unit] = /^(\d+)(K?)$/.exec(value) ?? [];
      return digits === undefined ? null : String(Number(digits) * (unit === 'K' ? 1024 : 1));
    }
    default:
      return /^\d+$/.test(value) ? value : null;
  }
}
