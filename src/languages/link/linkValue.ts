import { type LinkKey, linkWords } from '../../knowledge/linkKeys.ts';
import { linkModes } from '../../knowledge/linkModes.ts';
import { nearestName } from '../text/nearest.ts';

/** Why systemd passes a value over, and what was probably meant. */
export interface ValueFault {
  /** `a number from 1 on, or max` */
  readonly takes: string;
  readonly why: string;
  /** The value to write instead; null when it is not known. */
  readonly instead: string | null;
}

/** What is wrong with a value; null for one that systemd 257 takes. Whether the kernel or the NIC takes it is another question. */
export function linkValueFault(key: LinkKey, value: string): ValueFault | null {
  if (value === '') return mayBeEmpty(key) ? null : fault('a value', 'An empty one clears nothing here.');
  // systemd knows no comments behind a value.
  const [, before = '', note = ''] = /^(.*?)\s+([#;].*)$/.exec(value) ?? [];
  const found = faultOf(key, value);
  if (found === null || note === '' || faultOf(key, before) !== null) return found;
  return {
    ...found,
    why: 'What stands behind the value is part of it: comments have lines of their own.',
    instead: before,
  };
}

function mayBeEmpty({ value, name }: LinkKey): boolean {
  return !['mtu', 'bits', 'duplex', 'port', 'size'].includes(value) && name !== 'GenericSegmentOffloadMaxSegments';
}

function fault(takes: string, why = '', instead: string | null = null): ValueFault {
  return { takes, why, instead };
}

function faultOf(key: LinkKey, value: string): ValueFault | null {
  switch (key.value) {
    case 'boolean':
      return isBoolean(value)
        ? null
        : fault(
            'yes or no',
            '',
            /^(?:enabled?|active)$/i.test(value) ? 'yes' : /^(?:disabled?|none)$/i.test(value) ? 'no' : null,
          );
    case 'addresses':
      return words(value).every((word) => isAddress(word, [4, 6, 16, 20]))
        ? null
        : addressFault(value, 'hardware addresses, blanks between them');
    case 'address':
      return isAddress(value, key.section === 'SR-IOV' ? [6] : [4, 6, 16, 20])
        ? null
        : addressFault(value, 'a hardware address');
    case 'patterns':
      if (key.name === 'OriginalName') return namesFault(value);
      return quotedWords(value) === null ? fault('patterns, blanks between them', 'A quote is not closed.') : null;
    case 'ascii':
      return /^[\x20-\x7e]*$/.test(value) ? null : fault('letters of ASCII');
    case 'password':
      return value.startsWith('/') || isAddress(value, [6])
        ? null
        : fault('six bytes (00:11:22:33:44:55) or the path of a file');
    case 'name':
      return isName(value, 15) ? null : nameFault(15);
    case 'other-names':
      return words(value).every((word) => isName(word, 127)) ? null : nameFault(127);
    case 'properties':
      return propertiesFault(
        value.replace(key.section === 'Match' ? /^!/ : '', ''),
        /^[A-Za-z_][A-Za-z0-9_]*=/,
        'NAME=VALUE, blanks between them',
      );
    case 'property-names':
      return propertiesFault(value, /^[A-Za-z_%][A-Za-z0-9_%]*$/, 'names of properties, blanks between them');
    case 'name-policies':
    case 'other-name-policies':
    case 'wake':
      return wordsFault(key, value);
    case 'address-policy':
    case 'duplex':
    case 'port':
    case 'mdi':
    case 'vlan-protocol':
    case 'irq-policy':
      return choiceFault(key, value);
    case 'link-state':
      return isBoolean(value) || value === 'auto' ? null : fault('yes, no or auto');
    case 'modes': {
      const wrong = words(value).find((word) => !linkModes.has(word));
      if (wrong === undefined) return null;
      const meant = linkModes.has(wrong.toLowerCase()) ? wrong.toLowerCase() : nearestName(wrong, linkModes);
      return fault('modes such as 1000baset-full', '', meant === null ? null : value.replace(wrong, meant));
    }
    case 'cpus':
      return value === 'all' || value === 'disable' ? null : cpusFault(value);
    default:
      return quantityFault(key, value);
  }
}

/** Numbers, sizes and times. */
function quantityFault(key: LinkKey, value: string): ValueFault | null {
  const within = (least: number, most: number): ValueFault | null => {
    const number = numberOf(value);
    return number !== null && number >= least && number <= most ? null : fault(`a number from ${least} to ${most}`);
  };
  switch (key.value) {
    case 'queues':
      return within(1, 4096);
    case 'number':
      return within(0, key.name === 'TransmitQueueLength' ? uint32 - 1 : uint32);
    case 'count':
      return within(0, uint32);
    case 'count-or-max': {
      if (value === 'max') return null;
      const found = within(1, uint32);
      return found === null ? null : fault('a number from 1 on, or max', '', /^max/i.test(value) ? 'max' : null);
    }
    case 'functions':
      return within(0, 2_147_483_647);
    case 'function':
      return within(0, 2_147_483_646);
    case 'vlan':
      return within(1, 4095);
    case 'size':
    case 'bits':
    case 'mtu': {
      const found = sizeOf(value, key.value === 'bits' ? 1000 : 1024);
      if (found !== null && (key.value !== 'mtu' || found <= uint32)) return null;
      const upper = value.toUpperCase().replace(/([KMGT])(?:I?B|BPS|BIT\/S)?$/, '$1');
      return fault('a number, with K, M or G behind it or nothing', '', sizeOf(upper, 1000) === null ? null : upper);
    }
    case 'time':
      return timeFault(key, value);
    case 'gone':
      return null;
    default:
      return null;
  }
}

const uint32 = 4_294_967_295;

function words(value: string): string[] {
  return value.split(/\s+/).filter((word) => word !== '');
}

/** parse_boolean() of systemd. */
export function isBoolean(value: string): boolean {
  return /^(?:1|yes|y|true|t|on|0|no|n|false|f|off)$/i.test(value);
}

/** Decimal, 0x hexadecimal, or octal with a leading 0 (safe_atou()). */
function numberOf(value: string): number | null {
  const [, text] = /^\+?(0x[0-9a-f]+|\d+)$/i.exec(value) ?? [];
  if (text === undefined) return null;
  if (/^0\d/.test(text)) return /^[0-7]+$/.test(text) ? Number.parseInt(text, 8) : null;
  return Number(text);
}

/** parse_size() of systemd: `10`, `1.5K`, `10 G`. */
function sizeOf(value: string, base: number): number | null {
  const [, digits, unit = ''] = /^\+?(\d+(?:\.\d+)?)\s*([KMGTPEB]?)$/.exec(value) ?? [];
  if (digits === undefined) return null;
  return Number(digits) * base ** Math.max(0, ' KMGTPE'.indexOf(unit === 'B' ? ' ' : unit || ' '));
}

/** Microseconds of each unit of time (systemd.time(7)). */
const units: Readonly<Record<string, number>> = Object.fromEntries(
  [
    [1, 'us usec µs μs'],
    [1000, 'ms msec'],
    [1e6, 's sec second seconds'],
    [6e7, 'm min minute minutes'],
    [3.6e9, 'h hr hour hours'],
    [8.64e10, 'd day days'],
    [6.048e11, 'w week weeks'],
    [2.6298e12, 'M month months'],
    [3.15576e13, 'y year years'],
  ].flatMap(([length, names]) =>
    String(names)
      .split(' ')
      .map((name) => [name, Number(length)]),
  ),
);

/** A span of time in microseconds; a number without unit is seconds. Null for none. */
export function microseconds(value: string): number | null {
  let total = 0;
  let rest = value.trim();
  if (rest === '') return null;
  while (rest !== '') {
    const [whole, digits = '', unit = ''] = /^\+?(\d+(?:\.\d+)?)\s*([A-Za-zµμ]*)\s*/.exec(rest) ?? [];
    const length = unit === '' ? 1e6 : units[unit];
    if (whole === undefined || length === undefined) return null;
    total += Number(digits) * length;
    rest = rest.slice(whole.length);
  }
  return total;
}

function timeFault({ name }: LinkKey, value: string): ValueFault | null {
  const found = microseconds(value);
  const neverZero = name === 'CoalescePacketRateSampleIntervalSec' || name === 'StatisticsBlockCoalesceSec';
  if (found !== null && found < uint32 && !(neverZero && found === 0)) return null;
  const takes = `a time such as 8us${neverZero ? ', not 0' : ''}`;
  return fault(
    takes,
    found !== null && found >= uint32 ? 'It is kept in 32 bits of microseconds: 71 minutes at most.' : '',
  );
}

function isAddress(word: string, lengths: readonly number[]): boolean {
  const bytes = /^[0-9a-f]{1,2}(?::[0-9a-f]{1,2})+$/i.test(word)
    ? word.split(':').length
    : /^[0-9a-f]{1,2}(?:-[0-9a-f]{1,2})+$/i.test(word)
      ? word.split('-').length
      : /^[0-9a-f]{1,4}(?:\.[0-9a-f]{1,4})+$/i.test(word)
        ? word.split('.').length * 2
        : 0;
  if (lengths.includes(bytes)) return true;
  if (lengths.includes(4) && /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.|$)){4}$/.test(word)) return true;
  return (
    lengths.includes(16) && /^[0-9a-f:]*::[0-9a-f:]*$/i.test(word) && !/:::/.test(word) && word.split(':').length <= 8
  );
}

function addressFault(value: string, takes: string): ValueFault {
  const bare = /^[0-9a-f]{12}$/i.test(value) ? value.replace(/(..)(?=.)/g, '$1:') : null;
  const spaced = value.includes(',') ? value.replace(/\s*,\s*/g, ' ') : null;
  return fault(`${takes}: 00:11:22:33:44:55`, '', bare ?? spaced);
}

/** ifname_valid() of systemd. */
function isName(word: string, most: number): boolean {
  if (word.length === 0 || word.length > most || ['.', '..', 'all', 'default'].includes(word)) return false;
  return /^[\x21-\x7e]+$/.test(word) && !/[:/%]/.test(word) && !/^\+?(?:0x[0-9a-f]+|\d+)$/i.test(word);
}

function nameFault(most: number): ValueFault {
  return fault(`a name of at most ${most} letters, without :, / and %, that is no number`);
}

/** A list of patterns, ! before the whole of it or nothing. */
function namesFault(value: string): ValueFault | null {
  const list = words(value);
  const [first = ''] = list;
  const names = first.startsWith('!') && first.length > 1 ? [first.slice(1), ...list.slice(1)] : list;
  if (names.every((word) => isName(word, 15))) return null;
  return {
    ...nameFault(15),
    takes: 'names or patterns of names, blanks between them',
    instead: value.includes(',') ? value.replace(/\s*,\s*/g, ' ') : null,
  };
}

function propertiesFault(value: string, pattern: RegExp, takes: string): ValueFault | null {
  const list = quotedWords(value);
  return list !== null && list.length > 0 && list.every((word) => pattern.test(word)) ? null : fault(takes);
}

/** Words, of which those in quotes may hold blanks; null when a quote is not closed. */
function quotedWords(value: string): string[] | null {
  const list: string[] = [];
  let rest = value.trim();
  while (rest !== '') {
    const [whole] = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^\s"'])+/.exec(rest) ?? [];
    if (whole === undefined) return null;
    list.push(whole.replace(/"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'/g, '$1$2'));
    rest = rest.slice(whole.length).trimStart();
  }
  return list;
}

function choiceFault({ value: kind }: LinkKey, value: string): ValueFault | null {
  const known = linkWords[kind] ?? new Map();
  if (known.has(value) || (kind === 'mdi' && /^(?:mdi|mdi-x|mdix)$/.test(value))) return null;
  return fault(`one of ${[...known.keys()].join(', ')}`, '', nearestOf(value, known));
}

function wordsFault({ value: kind }: LinkKey, value: string): ValueFault | null {
  const known = linkWords[kind] ?? new Map();
  const list = words(value);
  const alone = kind === 'wake' && list.includes('off') && list.length > 1;
  const wrong = list.find((word) => !known.has(word));
  if (wrong === undefined) return alone ? fault('off alone, or other words without it') : null;
  const commas = value.includes(',') ? value.replace(/\s*,\s*/g, ' ') : null;
  const meant = nearestOf(wrong, known);
  return fault(
    `words out of ${[...known.keys()].join(', ')}, blanks between them`,
    '',
    commas ?? (meant === null ? null : value.replace(wrong, meant)),
  );
}

function nearestOf(word: string, known: ReadonlyMap<string, string>): string | null {
  return known.has(word.toLowerCase()) ? word.toLowerCase() : nearestName(word, known.keys());
}

/** A list of CPUs: `0-3,8`, commas or blanks between. */
function cpusFault(value: string): ValueFault | null {
  const ok = value
    .split(/[\s,]+/)
    .filter((word) => word !== '')
    .every((word) => {
      const [from, to = from, ...more] = word.split('-');
      const [first, last] = [numberOf(from ?? ''), numberOf(to ?? '')];
      return more.length === 0 && first !== null && last !== null && first <= last && last <= 8191;
    });
  if (ok) return null;
  const [, hex] = /^(?:0x)?([0-9a-f]{1,8}(?:,[0-9a-f]{8})*)$/i.exec(value) ?? [];
  return fault(
    'a list of CPUs (0-3,8), all, or disable',
    hex === undefined ? '' : 'This reads like a mask.',
    hex === undefined ? null : listOfMask(hex),
  );
}

function listOfMask(mask: string): string {
  const bits = BigInt(`0x${mask.replaceAll(',', '')}`);
  const cpus: number[] = [];
  for (let cpu = 0n; bits >> cpu !== 0n; cpu += 1n) if ((bits >> cpu) & 1n) cpus.push(Number(cpu));
  const parts: string[] = [];
  for (let at = 0; at < cpus.length; ) {
    let end = at;
    while (cpus[end + 1] === (cpus[end] ?? 0) + 1) end += 1;
    parts.push(end === at ? String(cpus[at]) : `${cpus[at]}-${cpus[end]}`);
    at = end + 1;
  }
  return parts.join(',');
}
