import { parseCpuList } from '../../kernel/cpuList.ts';
import { type LinkKey, linkKey } from '../../knowledge/linkKeys.ts';
import type { Nic } from '../../model/snapshot.ts';
import { featureNames } from '../../tuning/featureNames.ts';
import type { DocumentContext, Problem } from '../service/languageService.ts';
import { problem, replaced, sureFix } from '../service/problem.ts';
import { mostOf } from '../udev/checkEthtool.ts';
import { surelyMatched } from './linkNics.ts';
import { isBoolean } from './linkValue.ts';
import { settingsOf, type UnitNode, type UnitSettingNode } from './unitText.ts';

/** Settings that take no effect beside others, and those that the linked host's NICs refuse. */
export function checkLimits(text: string, nodes: readonly UnitNode[], context: DocumentContext): Problem[] {
  const settings = settingsOf(nodes).filter(({ section }) => section === 'Link');
  const nics = surelyMatched(text, context);
  return [
    ...together(settings),
    ...settings.flatMap((node) => {
      const facts = linkKey('Link', node.key);
      if (facts === undefined || node.value === '') return [];
      const found = nics.flatMap((nic) => ofNic(node, facts, nic, context.host?.label ?? ''));
      return [...found.slice(0, 1), ...cpus(node, facts, context)];
    }),
  ];
}

/** What one setting makes of another. */
function together(settings: readonly UnitSettingNode[]): Problem[] {
  const last = (key: string): UnitSettingNode | undefined =>
    settings.findLast((node) => node.key === key && node.value !== '');
  const problems: Problem[] = [];
  const [name, policy] = [last('Name'), last('NamePolicy')];
  if (name !== undefined && policy !== undefined) {
    problems.push(
      problem({
        code: 'name-not-taken',
        severity: 'info',
        span: name.keySpan,
        message: `Name is taken only when none of ${policy.value} gives one`,
        why: 'An empty NamePolicy= leaves the name to Name.',
        related: [{ path: null, span: policy.keySpan, line: 0, message: 'the policies' }],
        fixes: [sureFix('Empty NamePolicy', replaced(policy.valueSpan, ''))],
      }),
    );
  }
  if (name !== undefined && /^(?:eth|wlan|usb|ib|wwan)\d+$/.test(name.value)) {
    problems.push(
      problem({
        code: 'kernel-name',
        severity: 'warning',
        span: name.valueSpan,
        message: `The kernel may give ${name.value} to another interface: then the rename fails`,
        why: 'Names such as lan0 or wan0 are no kernel’s.',
      }),
    );
  }
  const [address, addressPolicy] = [last('MACAddress'), last('MACAddressPolicy')];
  if (address !== undefined && addressPolicy !== undefined && addressPolicy.value !== 'none') {
    problems.push(
      problem({
        code: 'address-not-taken',
        severity: 'warning',
        span: address.keySpan,
        message: `MACAddress is not set: MACAddressPolicy=${addressPolicy.value} is in its way`,
        fixes: [sureFix('Set MACAddressPolicy=none', replaced(addressPolicy.valueSpan, 'none'))],
      }),
    );
  }
  const negotiated = last('AutoNegotiation');
  const fixedSpeed = last('BitsPerSecond') ?? last('Duplex');
  if (fixedSpeed !== undefined && (negotiated === undefined || /^(?:1|y|yes|t|true|on)$/i.test(negotiated.value))) {
    problems.push(
      problem({
        code: 'speed-negotiated',
        severity: 'info',
        span: fixedSpeed.keySpan,
        message: 'Speed and duplex are not set while they are negotiated',
        why: 'AutoNegotiation=no, at both ends, fixes them. Advertise= limits what is negotiated.',
      }),
    );
  }
  return problems;
}

function ofNic(
  { value, valueSpan, keySpan, key }: UnitSettingNode,
  { same }: LinkKey,
  nic: Nic,
  label: string,
): Problem[] {
  const [set = '', name = ''] = same.split(' ');
  if (set === 'ring' || set === 'channels') {
    const most = mostOf({ set }, name, nic);
    if (most === null || !/^\d+$/.test(value) || Number(value) <= most) return [];
    return [
      problem({
        code: 'above-maximum',
        severity: 'info',
        span: valueSpan,
        message: `${nic.name} of ${label} takes ${most} at most: udev sets that`,
        why: 'max says the same on any NIC.',
        fixes: most > 0 ? [sureFix('Change it to max', replaced(valueSpan, 'max'))] : [],
      }),
    ];
  }
  if (
    set === 'coalesce' &&
    nic.coalesce.ok &&
    !nic.coalesce.value.zeroMayBeAbsent &&
    nic.coalesce.value.values.get(name) === null
  ) {
    return [
      problem({
        code: 'not-supported',
        severity: 'warning',
        span: keySpan,
        message: `${nic.name} of ${label} has no ${name}: ${key} is not set`,
      }),
    ];
  }
  if (set === 'features' && nic.features.ok && isBoolean(value)) {
    const long = featureNames.get(name) ?? name;
    const feature = nic.features.value.find((one) => one.name === long);
    const wanted = /^(?:1|y|yes|t|true|on)$/i.test(value);
    if (feature === undefined || !feature.fixed || feature.active === wanted) return [];
    return [
      problem({
        code: 'fixed-feature',
        severity: 'warning',
        span: keySpan,
        message: `${long} cannot be changed on ${nic.name} of ${label}: it is ${feature.active ? 'on' : 'off'} for good`,
        why: 'ethtool -k shows it as [fixed].',
      }),
    ];
  }
  return [];
}

function cpus({ value, valueSpan }: UnitSettingNode, facts: LinkKey, { host }: DocumentContext): Problem[] {
  const possible = host?.cpus.possible ?? null;
  if (facts.value !== 'cpus' || host === null || possible === null || possible.length === 0) return [];
  const wanted = /^[\d,\s-]+$/.test(value) ? (parseCpuList(value.trim().replace(/\s+/g, ',')) ?? []) : [];
  const [highest, last] = [Math.max(-1, ...wanted), Math.max(...possible)];
  if (highest <= last) return [];
  return [
    problem({
      code: 'beyond-cpus',
      severity: 'warning',
      span: valueSpan,
      message: `The list names CPU ${highest}; the last one of ${host.label} is CPU ${last}`,
    }),
  ];
}
