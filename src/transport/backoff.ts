/** The longest pause: a host that was away for long is found again within a minute of its return. */
const longestMs = 60_000;
/** After these, about five minutes, nobody seems to be coming back: it waits to be asked. */
const attempts = 10;

/**
 * How long to wait, in ms, before the `attempt`th try (the first is 1) to reach a host again that was lost: 1 s, then
 * twice as long each time, up to a minute; null when there have been enough. Whoever asks counts from 1 again after a success, and
 * when the user asks for a try.
 */
export function backoffMs(attempt: number): number | null {
  return attempt > attempts ? null : Math.min(longestMs, 1000 * 2 ** Math.max(0, attempt - 1));
}
