/** A number as sysfs prints it; null for a text that is none, or for nothing. */
export function toNumber(text: string | null): number | null {
  if (text === null || text.trim() === '') return null;
  const number = Number(text);
  return Number.isFinite(number) ? number : null;
}
