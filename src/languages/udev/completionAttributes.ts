import { netAttributes } from '../../knowledge/netAttributes.ts';
import { netProperties } from '../../knowledge/netProperties.ts';
import { sysctlKeys } from '../../knowledge/sysctlKeys.ts';
import type { LinkedHost } from '../service/linkedHost.ts';
import { type Offer, offer } from './completionValues.ts';
import { alternativesOf, type Given, subsystemOf } from './ruleFlow.ts';

/** What may stand in the braces behind a key. */
export function attributeOffers(key: string, given: readonly Given[], host: LinkedHost | null): Offer[] {
  switch (key) {
    case 'ENV':
      return [...netProperties].map(([name, meaning]) => offer(name, '', { kind: 'name', documentation: meaning }));
    case 'IMPORT':
      return ['program', 'builtin', 'file', 'db', 'cmdline', 'parent'].map((type) => offer(type));
    case 'RUN':
      return ['program', 'builtin'].map((type) => offer(type));
    case 'CONST':
      return ['arch', 'virt'].map((name) => offer(name));
    case 'SYSCTL':
      return [...sysctlKeys.values()].map(({ key: name, governs }) =>
        offer(name.replaceAll('.', '/'), host?.sysctl.ok === true ? (host.sysctl.value.get(name) ?? '') : '', {
          kind: 'name',
          documentation: governs,
          words: governs,
        }),
      );
    case 'ATTR':
      return fileOffers(given);
    case 'ATTRS':
      return ['address', 'vendor', 'device', 'idVendor', 'idProduct', 'subsystem_vendor', 'subsystem_device'].map(
        (name) => offer(name, '', { kind: 'name' }),
      );
    default:
      return [];
  }
}

function fileOffers(given: readonly Given[]): Offer[] {
  const subsystem = subsystemOf(given);
  const queues = subsystem === 'queues';
  const direction = queues ? (alternativesOf(given, 'KERNEL')?.[0]?.slice(0, 2) ?? null) : null;
  return netAttributes
    .filter(({ of }) =>
      queues
        ? of !== 'net' && (direction === null || direction === of || !/^[rt]x$/.test(direction))
        : of === 'net' || subsystem === 'net',
    )
    .map(({ name, of, value, meaning, since }, index) =>
      offer(
        !queues && of !== 'net' ? `queues/${of}-0/${name}` : name,
        value === null ? 'read only' : since === '' ? '' : `Linux ${since}`,
        {
          kind: 'name',
          documentation: meaning,
          words: meaning,
          rank: index + (of === 'net' ? 0 : 100) + (value === null ? 200 : 0),
        },
      ),
    );
}
