import script from './collector.sh';

/** What the collector is told, in the order of its arguments. */
export interface CollectorOptions {
  /** Seconds between the two samples; 0 takes one sample. */
  readonly intervalSeconds: number;
  readonly nonce: string;
  /** Seconds one external command may take. */
  readonly limitSeconds?: number;
  /** Above this many TCP sockets they are not counted by state. */
  readonly maxSockets?: number;
}

/** Above this many TCP sockets nothing is walked, in a snapshot or on demand. */
export const mostSockets = 200_000;

/** The POSIX sh text that is sent to a host, exactly as it is sent. */
export const collectorScript: string = script;

/** How the collector is run by hand, on the host. */
export const collectorUsage = 'sh collector.sh 2 > host.netsnap';

/** The collector for somebody who takes it to a host by hand: how to run it stands in its second line. */
export const collectorByHand: string = script.replace(
  '\n',
  `\n# Save this as collector.sh on the host and run it there:  ${collectorUsage}\n`,
);

/** Arguments for `sh -s --`: attended, so that the script ends when its stdin closes; large sections may come packed. */
export function collectorArguments(options: CollectorOptions): string[] {
  const { intervalSeconds, nonce, limitSeconds = 8, maxSockets = mostSockets } = options;
  return [String(intervalSeconds), nonce, String(limitSeconds), String(maxSockets), '1', '1'];
}
