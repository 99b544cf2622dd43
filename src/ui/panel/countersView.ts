import type {
  CounterGroup,
  CounterRowView,
  CountersView,
  CpuTimeView,
  UncountedView,
} from '../../../webview/counterViews.ts';
import type { CounterMeaning } from '../../knowledge/counters/counterMeaning.ts';
import { counterMeanings, meaningOf, scopeOf } from '../../knowledge/counters.ts';
import { stepLabel } from '../../knowledge/steps.ts';
import type { Delta, Rates } from '../../model/rates.ts';
import type { Sample } from '../../model/snapshot.ts';
import { type CounterFile, type Figure, filesOf } from './counterFiles.ts';

/** Every counter of the last sample with its change since the first, and what each means. */
export function countersView(sample: Sample, rates: Rates | null, noRates: string | null): CountersView {
  const files = filesOf(sample);
  return {
    rows: files.flatMap((file) => file.figures.map((figure) => rowOf(file, figure, rates, noRates))),
    uncounted: files.flatMap(uncountedOf),
    missing: files.flatMap(({ group, missing }) => (missing === null ? [] : [{ group, ...missing }])),
    cpuTimes: cpuTimesOf(rates),
  };
}

/** Counters that are of another group than their file. */
const strays: ReadonlyMap<string, CounterGroup> = new Map([
  ['TcpExt IPReversePathFilter', 'IP'],
  ['TcpExt ArpFilter', 'Neighbours'],
]);

function rowOf(
  file: CounterFile,
  { section, name, value }: Figure,
  rates: Rates | null,
  noRates: string | null,
): CounterRowView {
  const meaning = meaningOf(section, name);
  const kind = meaning?.kind ?? 'counter';
  const delta = kind === 'counter' ? deltaOf(rates, section, name) : null;
  const share = section === 'pressure' ? shareOf(rates, name) : null;
  const known = delta !== null || share !== null || kind !== 'counter';
  return {
    group: strays.get(`${section} ${name}`) ?? file.group,
    name: fullName(section, name),
    value,
    unit: meaning?.unit ?? '',
    kind,
    delta: delta?.delta ?? null,
    perSecond: delta?.perSecond ?? null,
    share,
    noRate: known ? null : (noRates ?? 'not in both samples, or reset between them'),
    severity: meaning?.severity ?? 'info',
    step: meaning === null || meaning.step === null ? null : stepLabel(meaning.step),
    where: meaning?.where ?? '',
    meaning: meaning?.meaning ?? 'Not described here: newer than this version of Packet Path.',
    scope: scopeOf(section, name),
  };
}

function fullName(section: string, name: string): string {
  return section === '' || section === 'Xfrm' ? name : `${section} ${name}`;
}

function deltaOf(rates: Rates | null, section: string, name: string): Delta | null {
  const group = section === 'Xfrm' ? rates?.xfrm : (rates?.protocols.get(section) ?? rates?.netStat.get(section));
  return group?.get(name) ?? null;
}

function shareOf(rates: Rates | null, name: string): number | null {
  const [resource = '', kind = ''] = name.split(' ');
  return rates?.pressure.get(resource)?.get(kind) ?? null;
}

/** What the tables know of a file and this kernel does not print. Names of one thing in other versions are one. */
function uncountedOf(file: CounterFile): UncountedView[] {
  if (!file.complete) return [];
  const printed = new Set(file.figures.map(({ section, name }) => `${section} ${name}`));
  const said = new Set(file.figures.map(({ section, name }) => `${section} ${meaningOf(section, name)?.meaning}`));
  return counterMeanings
    .filter((row) => file.sections.includes(row.section))
    .filter((row) => !printed.has(`${row.section} ${row.name}`) && !said.has(`${row.section} ${row.meaning}`))
    .map((row) => ({
      group: strays.get(`${row.section} ${row.name}`) ?? file.group,
      name: fullName(row.section, row.name),
      meaning: row.meaning,
      versions: versionsOf(row),
    }));
}

function versionsOf({ since, until }: CounterMeaning): string {
  if (since !== null) return until === null ? `Linux ${since} and later` : `Linux ${since} to ${until}`;
  return until === null ? '' : `Linux ${until} and earlier`;
}

function cpuTimesOf(rates: Rates | null): CpuTimeView[] {
  const cpus = [...(rates?.cpuTimes ?? [])].filter(([cpu]) => cpu >= 0);
  return cpus.map(([cpu, { softirq, irq, steal, system, user, nice, idle, iowait }]) => ({
    cpu,
    softirq,
    irq,
    steal,
    system,
    user: user + nice,
    idle: idle + iowait,
  }));
}
