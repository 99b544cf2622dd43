import type { TabId } from '../protocol.ts';

export const tabTitles: Readonly<Record<TabId, string>> = {
  overview: 'Overview',
  path: 'Path',
  softnet: 'Softnet',
  interrupts: 'Interrupts',
  nics: 'NICs',
  tcp: 'TCP',
  counters: 'Counters',
  raw: 'Raw',
  settings: 'Settings',
};
