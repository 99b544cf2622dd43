/** Exit statuses: nothing found, something found, could not do it. */
export const exit = { clean: 0, findings: 1, failed: 2 } as const;
export type ExitStatus = (typeof exit)[keyof typeof exit];

/** The command line was not understood; the message says what was expected. */
export class UsageError extends Error {
  /** The whole help is wanted, not only this one line. */
  readonly wantsHelp: boolean;

  constructor(message: string, wantsHelp = false) {
    super(message);
    this.wantsHelp = wantsHelp;
  }
}
