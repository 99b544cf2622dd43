import { join } from 'node:path';
import * as vscode from 'vscode';
import { processSshEnvironment } from './hosts/sshEnvironment.ts';
import { hostKeyStore } from './transport/hostKeys/hostKeyStore.ts';
import { loggedPrompts } from './transport/prompts/loggedPrompts.ts';
import { quietPrompts } from './transport/prompts/quietPrompts.ts';
import { rememberedPrompts, turns } from './transport/prompts/rememberedPrompts.ts';
import { jumpHosts } from './transport/ssh2/jumpHosts.ts';
import { connectSsh2 } from './transport/ssh2/ssh2Connection.ts';
import { CaptureStore } from './ui/captureStore.ts';
import { registerAddHost } from './ui/commands/addHost.ts';
import { registerAskSockets } from './ui/commands/askSockets.ts';
import { registerCaptureCommands } from './ui/commands/captures.ts';
import { registerCollectorCommand } from './ui/commands/collector.ts';
import { registerHostCommands } from './ui/commands/hostCommands.ts';
import { registerNamespaceCommands } from './ui/commands/namespaces.ts';
import { registerReportCommands } from './ui/commands/report.ts';
import { registerSnapshotAll } from './ui/commands/snapshotAll.ts';
import { registerSnapshotHost } from './ui/commands/snapshotHost.ts';
import { registerSshClient } from './ui/commands/sshClient.ts';
import { HostRegistry } from './ui/hostRegistry.ts';
import { registerChooseLinkedHost } from './ui/languages/linkedHostStatus.ts';
import { LinkedHosts } from './ui/languages/linkedHosts.ts';
import { registerLanguages } from './ui/languages/registerLanguages.ts';
import { NamespaceLists } from './ui/namespaceLists.ts';
import { CaptureEditors, registerCaptureEditor } from './ui/panel/captureEditor.ts';
import { HostPanels } from './ui/panel/hostPanels.ts';
import { registerRawDocuments } from './ui/raw/rawDocuments.ts';
import { RawTexts } from './ui/raw/rawTexts.ts';
import { renewConnections } from './ui/renewConnections.ts';
import { registerForgetSecrets, Secrets } from './ui/secrets.ts';
import { Snapshots } from './ui/snapshots.ts';
import { SocketAnswers } from './ui/socketAnswers.ts';
import { Sources } from './ui/sources.ts';
import { SshConfigWatch } from './ui/sshConfigWatch.ts';
import { sshPromptsInWindow } from './ui/sshPromptsInWindow.ts';
import { registerThresholds } from './ui/thresholds.ts';
import { registerInsertTuning } from './ui/tuning/insertTuning.ts';
import { registerMakePermanent } from './ui/tuning/makePermanent.ts';
import { registerTuningActions } from './ui/tuning/tuningActions.ts';
import { registerCapturesView } from './ui/views/capturesView.ts';
import { registerFindingsView } from './ui/views/findingsView.ts';
import { registerHostsView } from './ui/views/hostsView.ts';

/** Wires the parts together; what each does stands in its own file. */
export function activate(context: vscode.ExtensionContext): void {
  const started = performance.now();
  const { extensionUri, globalStorageUri } = context;
  const log = vscode.window.createOutputChannel('Packet Path', { log: true });
  const hostKeys = hostKeyStore(join(globalStorageUri.fsPath, 'known_hosts'));
  const registry = new HostRegistry();
  const sources = new Sources();
  const linkedHosts = new LinkedHosts(sources, context.workspaceState);
  const captures = new CaptureStore(globalStorageUri);
  const secrets = new Secrets(context);
  const connection = {
    ssh: processSshEnvironment(),
    prompts: rememberedPrompts(
      loggedPrompts(sshPromptsInWindow, (line) => log.info(line)),
      secrets,
      turns(),
    ),
    store: hostKeys,
    jumps: jumpHosts(connectSsh2),
    askpass: { node: process.execPath, script: join(context.extensionPath, 'dist', 'askpass.js') },
    log: (line: string) => log.debug(line),
  };
  const unasked = rememberedPrompts(quietPrompts, secrets, turns());
  const snapshots = new Snapshots({ registry, captures, sources, log, connection, quietPrompts: unasked });
  const sshConfig = new SshConfigWatch(connection.ssh, (message) => log.warn(message));
  const namespaces = new NamespaceLists(registry, snapshots);
  const rawTexts = new RawTexts();
  const answers = new SocketAnswers();
  const panels = new HostPanels({ extensionUri, rawTexts }, { registry, sources, captures, answers });
  const editors = new CaptureEditors({ extensionUri, rawTexts }, sources);
  context.subscriptions.push(
    log,
    registry,
    sources,
    linkedHosts,
    captures,
    snapshots,
    sshConfig,
    namespaces,
    rawTexts,
    answers,
    panels,
    renewConnections(registry, sshConfig, snapshots),
    registerHostsView({ registry, sources, sshConfig, namespaces }),
    registerFindingsView(sources),
    registerThresholds(sources),
    registerCapturesView(captures, registry),
    registerCaptureEditor(editors),
    registerRawDocuments(rawTexts),
    registerAddHost(registry, sshConfig),
    registerSnapshotHost({ registry, sshConfig, snapshots, panels }),
    registerSnapshotAll({ registry, sshConfig, snapshots, panels }),
    registerHostCommands({ registry, sshConfig, snapshots, namespaces, panels, editors, sources, hostKeys }),
    registerSshClient({ registry, sshConfig }, snapshots),
    registerNamespaceCommands({ registry, sshConfig }, namespaces),
    registerAskSockets({ registry, sshConfig, snapshots, panels, sources, answers }),
    registerForgetSecrets(secrets),
    registerCaptureCommands(captures, rawTexts, extensionUri),
    registerCollectorCommand(),
    registerReportCommands(sources),
    registerInsertTuning(sources),
    registerMakePermanent(sources),
    registerTuningActions(sources),
    registerChooseLinkedHost(linkedHosts),
    registerLanguages(linkedHosts),
    vscode.commands.registerCommand('packetPath.showLog', () => log.show()),
  );
  log.info(`Activated in ${(performance.now() - started).toFixed(1)} ms`);
}
