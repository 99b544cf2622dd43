/** A line of the report: what was measured, and its ratio to what ran beside it. */
export function report(what: string, figure: string, beside = ''): void {
  console.log(`${what.padEnd(46)} ${figure.padStart(14)}  ${beside}`);
}
