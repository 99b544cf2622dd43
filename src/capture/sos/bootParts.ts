import { notInReport } from '../sections.ts';

/** What a report has of the files that set something at boot: path in the report to text, and to target of links. */
interface BootSources {
  readonly files: ReadonlyMap<string, string>;
  readonly links: ReadonlyMap<string, string>;
}

interface Kind {
  /** The collector's section. */
  readonly section: 'sysctl-files' | 'udev-rules' | 'boot-settings';
  /** Which files, by the host's path. */
  readonly path: RegExp;
  /** Which of their lines, as the collector's own pattern has it: comments and secrets stay behind. */
  readonly line: RegExp;
}

const kinds: readonly Kind[] = [
  {
    section: 'sysctl-files',
    path: /^\/(?:(?:etc|run|usr\/local\/lib|usr\/lib|lib)\/sysctl\.d\/[^/]+\.conf|etc\/(?:ufw\/)?sysctl\.conf)$/,
    line: /^[^#;=]*(?:net|fs|vm)[./]|^[ \t]*-?[[*?]/,
  },
  {
    section: 'udev-rules',
    path: /^\/(?:etc|run|usr\/local\/lib)\/udev\/rules\.d\/[^/]+\.rules$/,
    line: /^[ \t]*[^# \t]/,
  },
  {
    section: 'boot-settings',
    path: /^\/(?:etc|run|usr\/local\/lib|usr\/lib|lib)\/systemd\/network\/[^/]+\.link$/,
    line: /^[ \t]*(?:\[|[A-VX-Za-z][A-Za-z0-9]*[ \t]*=)/,
  },
  {
    section: 'boot-settings',
    path: /^\/etc\/(?:default\/irqbalance|sysconfig\/irqbalance|irqbalance\.env|tuned\/tuned-main\.conf)$/,
    line: /^[ \t]*(?:ENABLED|ONESHOT|OPTIONS|IRQBALANCE_[A-Z_]+|reapply_sysctl|daemon|dynamic_tuning)[ \t]*=/,
  },
  {
    section: 'boot-settings',
    path: /^\/etc\/tuned\/(?:active_profile|profile_mode)$/,
    line: /^[ \t]*[^#;\s]/,
  },
  {
    section: 'boot-settings',
    path: /^\/(?:etc|run|usr\/local\/lib|usr\/lib|lib)\/modprobe\.d\/[^/]+\.conf$/,
    line: /^[ \t]*[^#;]*(?:conntrack|br_netfilter|bridge|tcp_|sch_)|^[ \t]*options[ \t]/,
  },
];

const units = 'sos_commands/systemd/systemctl_list-units';

/** True for a file, by its path in the report, that something is set by at boot, or that tells which init runs. */
export function setsAtBoot(path: string): boolean {
  return path === units || kinds.some((kind) => kind.path.test(`/${path}`));
}

/** The sections that list and hold what the host's files set at boot. */
export function bootParts({ files, links }: BootSources): { name: string; stdout: string; stderr: string }[] {
  const listed: string[] = [];
  const linked: string[] = [];
  const printed = { 'sysctl-files': '', 'udev-rules': '', 'boot-settings': '' };
  // Where /lib is a link, sos may have both.
  const paths = [...new Set([...files.keys(), ...links.keys()])]
    .filter((path) => !path.startsWith('lib/') || !files.has(`usr/${path}`))
    .sort();
  for (const path of paths) {
    const kind = kinds.find((each) => each.path.test(`/${path}`));
    if (kind === undefined) continue;
    listed.push(`file /${path}\n`);
    const target = links.get(path);
    if (target !== undefined) linked.push(`lrwxrwxrwx 1 0 0 0 - /${path} -> ${target}\n`);
    const text = files.get(path) ?? files.get(targetPath(path, target ?? '')) ?? '';
    for (const [index, line] of text.split('\n').entries())
      if (kind.line.test(line)) printed[kind.section] += `/${path}:${index + 1}:${line}\n`;
  }
  const runsSystemd = / loaded +active /.test(files.get(units) ?? '');
  if (runsSystemd) listed.unshift('exists /run/systemd/system\n');
  const list = listed.length === 0 ? [] : [...listed, ...linked];
  return [
    {
      name: 'boot-files',
      stdout: list.join(''),
      stderr:
        list.length === 0
          ? `${notInReport}\n`
          : runsSystemd
            ? `/run/systemd/system: concluded from ${units}\n`
            : `which init runs: ${notInReport}\n`,
    },
    ...Object.entries(printed).map(([name, stdout]) => ({
      name,
      stdout,
      // A report that has none of these files was made without the plugin that copies them.
      stderr: kinds.some(({ section, path }) => section === name && paths.some((file) => path.test(`/${file}`)))
        ? ''
        : `${notInReport}\n`,
    })),
  ];
}

/** Inside the report; a target outside of it is no file of it. */
function targetPath(path: string, target: string): string {
  const parts = target.startsWith('/') ? [] : path.split('/').slice(0, -1);
  for (const part of target.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}
