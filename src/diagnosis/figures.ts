/** A whole number with thousands apart: `1,234,567`. */
export function formatCount(count: number): string {
  const [whole = '', fraction] = String(Math.round(count * 100) / 100).split('.');
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** `1 queue`, `3 queues`; of another plural than with s: `2 classes`. */
export function formatThings(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** Events a second: `120/s`, `12.3/s`, `0.05/s`; with `what`: `120 drops/s`. Never shows a rate above zero as 0. */
export function formatRate(perSecond: number, what?: string): string {
  const unit = what === undefined ? '/s' : ` ${what}/s`;
  if (perSecond > 0 && perSecond < 0.01) return `<0.01${unit}`;
  const digits = perSecond >= 100 ? 0 : perSecond >= 10 ? 1 : 2;
  return `${formatCount(Number(perSecond.toFixed(digits)))}${unit}`;
}

/** A share (0..1) in per cent: `0.24 %`, `93 %`. Never shows a share above zero as 0. */
export function formatShare(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 0.01) return '<0.01 %';
  const digits = percent >= 10 ? 0 : percent >= 1 ? 1 : 2;
  return `${formatCount(Number(percent.toFixed(digits)))} %`;
}

/** `CPU 3`, `CPUs 0, 3 and 7`, and from five on `CPUs 0, 3, 7 and 9 more`. */
export function formatCpus(cpus: readonly number[]): string {
  const [first, ...others] = cpus;
  if (first === undefined) return 'no CPU';
  if (others.length === 0) return `CPU ${first}`;
  const named = cpus.length <= 4 ? cpus.slice(0, -1) : cpus.slice(0, 3);
  const last = cpus.length <= 4 ? String(cpus.at(-1)) : `${cpus.length - 3} more`;
  return `CPUs ${named.join(', ')} and ${last}`;
}
