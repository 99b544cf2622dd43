import type { QueueChange } from './change.ts';

/** The queues a change is for, as a pattern: `rx-*` for receive, `tx-*` for transmit queues; of one queue its name. */
export function queueGlob({ attribute, queue }: Pick<QueueChange, 'attribute' | 'queue'>): string {
  return `${attribute.startsWith('rps') ? 'rx' : 'tx'}-${queue ?? '*'}`;
}
