import type { QueueChange } from './change.ts';

/** The queues a file belongs to: `rx-*` for receive, `tx-*` for transmit queues. */
export function queueGlob(attribute: QueueChange['attribute']): 'rx-*' | 'tx-*' {
  return attribute.startsWith('rps') ? 'rx-*' : 'tx-*';
}
