/** What of VS Code a snapshot needs outside of it: settings (`packetPath.` left out), events, and file names. */
export function vscodeStandIn(settings: Readonly<Record<string, unknown>>): object {
  return {
    workspace: {
      getConfiguration: () => ({ get: (name: string) => settings[name] }),
      onDidChangeConfiguration: () => ({ dispose: () => {} }),
      onDidGrantWorkspaceTrust: () => ({ dispose: () => {} }),
      isTrusted: true,
    },
    EventEmitter: class {
      event = (): void => {};
      fire = (): void => {};
      dispose = (): void => {};
    },
    Disposable: { from: () => ({ dispose: () => {} }) },
    Uri: { file: (path: string) => ({ fsPath: path, path }) },
  };
}
