import * as vscode from 'vscode';
import type { QuestionId, SocketReadingView } from '../../../webview/socketViews.ts';
import {
  askArrivals,
  askableStates,
  askConnections,
  askListeners,
  askRepair,
  askState,
} from '../../capture/questions/questions.ts';
import type { Host } from '../../hosts/host.ts';
import { tcpStateNames } from '../../kernel/socketTable.ts';
import { tcpStateMeanings } from '../../knowledge/tcpStates.ts';
import { type ConnectionKey, connectionKeys } from '../../model/socketAnswers.ts';
import { isAbort } from '../../transport/abort.ts';
import type { Transport } from '../../transport/shell.ts';
import { plain } from '../messages.ts';
import {
  answerKey,
  arrivalsView,
  connectionsView,
  listenersView,
  repairView,
  stateView,
} from '../panel/answerViews.ts';
import type { HostPanels } from '../panel/hostPanels.ts';
import { problemOf } from '../problems.ts';
import type { Snapshots } from '../snapshots.ts';
import type { SocketAnswers } from '../socketAnswers.ts';
import { type Sources, sourceIdOf } from '../sources.ts';
import { explainFailure } from './explainFailure.ts';
import { chooseHost, type HostPickParts } from './pickHost.ts';
import { questionCommands } from './questionCommands.ts';

export interface AskParts extends HostPickParts {
  readonly snapshots: Snapshots;
  readonly panels: HostPanels;
  readonly sources: Sources;
  readonly answers: SocketAnswers;
}

/** Asks a host and shows what it says; undefined when the user thought better of it. */
type Ask = (transport: Transport, signal: AbortSignal) => Promise<SocketReadingView>;

/** Questions about the sockets of a host, each answered on the TCP tab of its panel. */
export function registerAskSockets(parts: AskParts): vscode.Disposable {
  const register = (question: QuestionId, title: string, prepare: (host: Host) => Promise<Ask | undefined>) =>
    vscode.commands.registerCommand(questionCommands[question], async (target?: unknown) => {
      const host = await chooseHost(parts, target, { title });
      const ask = host === undefined ? undefined : await prepare(host);
      if (host !== undefined && ask !== undefined) await answered(parts, host, question, ask);
    });
  return vscode.Disposable.from(
    register('state', 'Look at the sockets of which host?', (host) => pickState(parts, host)),
    register(
      'listeners',
      'Look at the listeners of which host?',
      async () => async (transport, signal) => listenersView(await askListeners(transport, signal)),
    ),
    register('connections', 'Look at the connections of which host?', pickKey),
    register('arrivals', 'Where do packets arrive on which host?', confirmArrivals),
    register(
      'repair',
      'Try TCP_REPAIR on which host?',
      async () => async (transport, signal) => repairView(await askRepair(transport, signal)),
    ),
  );
}

async function answered(parts: AskParts, host: Host, question: QuestionId, ask: Ask): Promise<void> {
  // The panel shows answers beside a snapshot.
  if (parts.sources.get(sourceIdOf(host)) === undefined) {
    await vscode.commands.executeCommand('packetPath.snapshotHost', host.id);
    if (parts.sources.get(sourceIdOf(host)) === undefined) return;
  }
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: plain(`Asking ${host.label}`),
    cancellable: true,
  };
  const failure = await vscode.window.withProgress(options, async (_, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => abort.abort(new DOMException('cancelled', 'AbortError')));
    try {
      parts.answers.add(host, await ask(parts.snapshots.transportOf(host), abort.signal));
      return null;
    } catch (error) {
      return abort.signal.aborted || isAbort(error) ? 'cancelled' : problemOf(error);
    }
  });
  if (failure === null) parts.panels.show(host, 'tcp', answerKey(question));
  else if (failure !== 'cancelled') {
    // Not awaited: the command is done, whether the message is read or not.
    explainFailure(host, failure, async () => {
      await vscode.commands.executeCommand(questionCommands[question], host.id);
    });
  }
}

/** States with how many sockets the newest snapshot counted. */
async function pickState(parts: AskParts, host: Host): Promise<Ask | undefined> {
  const sockets = parts.sources.get(sourceIdOf(host))?.observation.snapshot.samples.at(-1)?.tcpSockets;
  const items = [...askableStates].map(([name, code]) => {
    const state = tcpStateNames.get(code) ?? code;
    const counts = sockets?.ok === true ? sockets.value.states.get(state) : undefined;
    const count = sockets?.ok === true ? `${(counts?.v4 ?? 0) + (counts?.v6 ?? 0)} in the newest snapshot` : '';
    return { label: state, description: count, detail: tcpStateMeanings.get(state) ?? '', name };
  });
  const picked = await vscode.window.showQuickPick(items, { title: plain(`Which TCP state of ${host.label}?`) });
  if (picked === undefined) return undefined;
  return async (transport, signal) => stateView(picked.label, await askState(transport, picked.name, signal));
}

const keyLabels: Readonly<Record<ConnectionKey, string>> = {
  retrans: 'Most retransmits',
  rtt: 'Longest round trip',
  queue: 'Most bytes queued',
  limited: 'Most limited by the peer’s window or the send buffer',
};

async function pickKey(host: Host): Promise<Ask | undefined> {
  const items = connectionKeys.map((key) => ({ label: keyLabels[key], key }));
  const picked = await vscode.window.showQuickPick(items, { title: plain(`Which connections of ${host.label}?`) });
  if (picked === undefined) return undefined;
  return async (transport, signal) => connectionsView(await askConnections(transport, picked.key, signal));
}

/** The one question that reaches into other processes: what it does is said before it runs. */
async function confirmArrivals(host: Host): Promise<Ask | undefined> {
  const look = 'Look';
  const chosen = await vscode.window.showInformationMessage(
    plain(`Where do packets arrive on ${host.label}?`),
    {
      modal: true,
      detail:
        'A python3 program on the host takes a copy of other processes’ socket descriptors (pidfd_getfd), one after the other and each for some microseconds, reads SO_INCOMING_CPU and closes the copy. At most 2,000 TCP and UDP sockets in 4 seconds. Nothing is sent, and no socket is changed; a socket that its process closes at that very moment lives on for those microseconds. Root sees all processes, others only their own.',
    },
    look,
  );
  if (chosen !== look) return undefined;
  return async (transport, signal) => arrivalsView(await askArrivals(transport, signal));
}
