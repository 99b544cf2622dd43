import { lack, type Needed, ruleOf } from '../rule.ts';

/** What only `ss -tin` of each connection tells: asked for on demand, not in every snapshot. */
const notInSnapshot = (): Needed<never> =>
  lack(
    'needs `ss -tin` of each connection, which a snapshot does not hold: look at the worst connections on the TCP tab',
  );

/** R32: connections wait for their own send buffer. */
export const sendBufferLimited = ruleOf({
  id: 'R32',
  title: 'Connections limited by their send buffer',
  step: 'E2',
  evidence: '`ss -tin` sndbuf_limited above 20 % of busy',
  fix: 'no SO_SNDBUF in the application; a larger maximum in net.ipv4.tcp_wmem',
  lookalikes: 'Applications that bound their own memory want it so.',
  limits: {},
  needs: notInSnapshot,
  check: () => [],
});

/** R63: connections wait for the window that their receive buffer allows. */
export const bufferBelowPath = ruleOf({
  id: 'R63',
  title: 'Buffers smaller than the path',
  step: 'I23',
  evidence: '`ss -tin` rcv_rtt and rb at the maximum of net.ipv4.tcp_rmem: bandwidth x round trip against it',
  fix: 'larger maxima in net.ipv4.tcp_rmem and tcp_wmem, from the bandwidth-delay product',
  lookalikes: 'A receiver that does not read has a full buffer too.',
  limits: {},
  needs: notInSnapshot,
  check: () => [],
});
