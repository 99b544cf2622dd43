import type { QuestionId } from '../../../webview/socketViews.ts';

/** The command of each question. */
export const questionCommands: Readonly<Record<QuestionId, string>> = {
  state: 'packetPath.lookAtState',
  listeners: 'packetPath.lookAtListeners',
  connections: 'packetPath.lookAtConnections',
  arrivals: 'packetPath.wherePacketsArrive',
  repair: 'packetPath.tryTcpRepair',
};
