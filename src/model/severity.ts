/** How much a finding matters; `crit` first when sorted. */
export type Severity = 'info' | 'warn' | 'crit';
