// What `npm test` consists of, in the order in which it runs.
import { join } from 'node:path';
import { artefacts } from './paths.mts';
import type { Program } from './system.mts';

/** How a stage's tests are counted: as one that its exit codes decide, or from what the runner wrote in `file`. */
export type Count = { readonly by: 'exit' } | { readonly by: 'vitest' | 'mocha'; readonly file: string };

/** A part of the whole test, with its own heading and deadline. */
export interface Stage {
  readonly name: string;
  readonly minutes: number;
  /** All of them run, whatever the first ones said. */
  readonly commands: readonly (readonly string[])[];
  readonly count: Count;
  /** Programs of the system that it cannot do without. */
  readonly needs: readonly Program[];
  /** Runs VS Code with the built extension: a failed build is its failure. */
  readonly vscode: boolean;
}

const byExit = { count: { by: 'exit' }, needs: [], vscode: false } as const;

function vitest(project: string, minutes: number, needs: readonly Program[] = [], vscode = false): Stage {
  const file = join(artefacts, 'results', `${project}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile=${file}`];
  return {
    name: project,
    minutes,
    commands: [['vitest', 'run', '--project', project, ...reporters]],
    count: { by: 'vitest', file },
    needs,
    vscode,
  };
}

/** Every stage; the deadlines add up to more than a run may take, see `runStages.mts`. */
export const stages: readonly Stage[] = [
  { ...byExit, name: 'lint', minutes: 2, commands: [['biome', 'ci']] },
  {
    ...byExit,
    name: 'types',
    minutes: 3,
    commands: ['.', 'webview', 'test/vscode'].map((project) => ['tsc', '-p', project]),
  },
  {
    ...byExit,
    name: 'shellcheck',
    minutes: 1,
    commands: [
      [
        'shellcheck',
        '-s',
        'sh',
        'src/capture/collector.sh',
        'src/hosts/namespaces.sh',
        'src/capture/questions/framing.sh',
        'src/capture/questions/socketQuestions.sh',
        'src/capture/questions/incomingCpu.sh',
        'test/agree/tools.sh',
        'test/vm/init.sh',
      ],
      ['shellcheck', '.ci/run'],
    ],
    needs: ['shellcheck'],
  },
  { ...byExit, name: 'build', minutes: 2, commands: [['node', 'scripts/build.mjs', '--tests']] },
  vitest('unit', 4),
  vitest('hosts', 14, [
    'ansible-playbook',
    'busybox',
    'cc',
    'ethtool',
    'google-authenticator',
    'ip',
    'kadmin.local',
    'kinit',
    'nft',
    'openssl',
    'ps',
    'python3',
    'runc',
    'sar',
    'ssh',
    'sshd',
    'sudo',
    'udevadm',
  ]),
  vitest('vm', 6, [
    'busybox',
    'cpio',
    'ethtool',
    'ip',
    'kmod',
    'nft',
    'ps',
    'qemu-system-x86_64',
    'ssh',
    'sshd',
    'udevadm',
  ]),
  {
    name: 'vscode',
    minutes: 6,
    commands: [['node', 'scripts/vscodeTests.mts']],
    count: { by: 'mocha', file: join(artefacts, 'results', 'vscode.json') },
    needs: ['chromium'],
    vscode: true,
  },
  vitest('ui', 12, ['chromium', 'google-authenticator', 'ip', 'openssl', 'ssh', 'sshd'], true),
];
