import type { Problem } from '../service/languageService.ts';
import { possibleFix, problem, replaced, sureFix } from '../service/problem.ts';
import { type CommandWord, commandOf, shellScript } from './commands.ts';
import { isMatch, type RuleInFlow, subsystemOf } from './ruleFlow.ts';
import type { UdevToken } from './udevRules.ts';

/** Where programs of a system are, on Debian and its like; `/usr/sbin` is `/sbin` on all of today. */
const known: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ['/usr/sbin', 'ethtool tc modprobe rmmod iw rdma devlink brctl iptables nft ifconfig'],
    ['/usr/sbin', 'ip sysctl bridge'],
    [
      '/usr/bin',
      'systemctl udevadm nmcli networkctl logger env bash touch cat echo tee chmod chown ln rm mv cp setpci taskset sleep',
    ],
    ['/bin', 'sh'],
  ].flatMap(([folder = '', names = '']) => names.split(' ').map((name) => [name, `${folder}/${name}`])),
);

/** What is said of programs that rules run. `path`: where the file would be on the host. */
export function checkRun({ rule, given }: RuleInFlow, path: string | null): Problem[] {
  const subsystem = subsystemOf(given);
  const isNet = subsystem === 'net' || subsystem === 'queues' || subsystem === 'both';
  return rule.tokens.flatMap((token) => {
    const runs =
      token.key === 'RUN' || token.key === 'PROGRAM' || (token.key === 'IMPORT' && token.attribute === 'program');
    if (!runs || token.attribute === 'builtin') return [];
    const { words } = commandOf(token);
    const [program] = words;
    if (program === undefined) return [];
    return [
      ...pathProblems(token, program, path),
      ...shellProblems(token, words),
      ...(token.key === 'RUN' ? slowProblems(token, words) : []),
      ...(token.key === 'RUN' && token.operator === '=' && isNet && !isMatch(token) ? [clearsList(token)] : []),
      ...(isNet ? affinityProblems(token) : []),
    ];
  });
}

function pathProblems(token: UdevToken, program: CommandWord, path: string | null): Problem[] {
  const name = program.text;
  if (name.startsWith('/') || /^[$%]/.test(name)) return [];
  const span = token.rawSpan(program.from, program.to);
  const full = known[name];
  if (full !== undefined) {
    return [
      problem({
        code: 'no-absolute-path',
        severity: 'warning',
        span,
        message: `udev does not find ${name}: without a path it looks in /usr/lib/udev alone`,
        why: 'The rule goes on as if nothing were wrong; only the log tells.',
        fixes: [sureFix(`Change it to ${full}`, replaced(span, full))],
      }),
    ];
  }
  // A package's rule names programs that the package puts there.
  if (path === null || /^(?:\/usr(?:\/local)?)?\/lib\//.test(path)) return [];
  return [
    problem({
      code: 'no-absolute-path',
      severity: 'info',
      span,
      message: `udev looks for ${name} in /usr/lib/udev alone`,
      why: 'A program that is elsewhere needs its whole path.',
    }),
  ];
}

/** No shell reads a command: what only a shell knows is handed to the program as it stands. */
function shellProblems(token: UdevToken, words: readonly CommandWord[]): Problem[] {
  if (/(?:^|\/)(?:sh|bash|dash|ash|ksh|zsh|busybox|env|systemd-run|perl|python3?|awk)$/.test(words[0]?.text ?? ''))
    return [];
  const signs = words.find((word, index) => index > 0 && isShellSign(word, token));
  if (signs === undefined) return [];
  const span = token.rawSpan(signs.from, signs.to);
  const fix =
    token.raw.includes("'") || token.raw.includes('"')
      ? []
      : [possibleFix('Run it by /bin/sh -c', replaced(token.valueSpan, `/bin/sh -c '${token.raw}'`))];
  return [
    problem({
      code: 'no-shell',
      severity: 'warning',
      span,
      message: `No shell reads this: ${words[0]?.text ?? ''} gets "${signs.text}" as an argument`,
      why: 'Write RUN+="/bin/sh -c \'...\'".',
      fixes: fix,
    }),
  ];
}

function isShellSign({ text, from }: CommandWord, { raw }: UdevToken): boolean {
  if (raw[from] === "'") return false;
  return (
    /^(?:\d?>{1,2}|<|\||\|\||&&|&|;|2>&1)$/.test(text) ||
    /^\d?>{1,2}[/&]/.test(text) ||
    /^`|^\$\$?\(/.test(text) ||
    /[^\\];$/.test(text)
  );
}

/** Commands that take long, reach for the network, or are ended by udev. */
const slow: readonly (readonly [RegExp, string])[] = [
  [/^sleep$/, 'waits: udev handles no other event of the device meanwhile'],
  [/^(?:dhclient|dhcpcd|udhcpc|wpa_supplicant|hostapd|tcpdump|pppd|openvpn)$/, 'stays: udev ends it with the event'],
  [
    /^(?:ping|curl|wget|ssh|scp|rsync|nc|apt|apt-get|yum|dnf|pip)$/,
    'reaches for the network, which udev’s sandbox does not allow',
  ],
  [/^(?:mount|umount)$/, 'is done in a namespace of udev’s own: nobody else sees it'],
  [/^(?:nohup|setsid|daemonize|start-stop-daemon)$/, 'starts what udev ends with the event'],
];

function slowProblems(token: UdevToken, words: readonly CommandWord[]): Problem[] {
  const script = shellScript(words);
  const list = script === null ? words : words.concat(scriptWords(script));
  const problems: Problem[] = [];
  for (const [index, word] of list.entries()) {
    const isProgram = index === 0 || (script !== null && index >= words.length);
    const name = word.text.slice(word.text.lastIndexOf('/') + 1);
    const found = isProgram ? slow.find(([pattern]) => pattern.test(name)) : undefined;
    if (found !== undefined) problems.push(longRunning(token, word, `${name} ${found[1]}`));
    if (isProgram && name === 'systemctl') problems.push(...waitingSystemctl(token, list.slice(index)));
  }
  return problems.slice(0, 1);
}

/** The first word of each command of a script. */
function scriptWords({ text, from }: { readonly text: string; readonly from: number }): CommandWord[] {
  return [...text.matchAll(/(?:^|[;&|]|\bdo\b|\bthen\b)\s*([A-Za-z0-9_./-]+)((?:\s+[A-Za-z0-9_.@$/=-]+)*)/g)].flatMap(
    (match) => {
      const at = match.index + match[0].length - (match[1] ?? '').length - (match[2] ?? '').length;
      const first = { text: match[1] ?? '', from: from + at, to: from + at + (match[1] ?? '').length };
      return [first];
    },
  );
}

function longRunning(token: UdevToken, word: CommandWord, what: string): Problem {
  return problem({
    code: 'long-running',
    severity: 'warning',
    span: token.rawSpan(word.from, word.to),
    message: what,
    why: 'For anything that takes time write a service and have the device want it: TAG+="systemd", ENV{SYSTEMD_WANTS}+="name.service".',
  });
}

function waitingSystemctl(token: UdevToken, words: readonly CommandWord[]): Problem[] {
  const args = token.raw.slice(words[0]?.to ?? 0);
  if (
    !/^\s+(?:--\S+\s+)*(?:start|restart|reload|try-restart|reload-or-restart|isolate)\b/.test(args) ||
    args.includes('--no-block')
  )
    return [];
  const word = words[0];
  if (word === undefined) return [];
  const span = token.rawSpan(word.from, word.to);
  return [
    problem({
      code: 'long-running',
      severity: 'warning',
      span,
      message: 'systemctl waits until the unit is up: udev handles no other event of the device meanwhile',
      why: 'When the unit waits for the device both wait for each other. ENV{SYSTEMD_WANTS} does not wait.',
      fixes: [sureFix('Add --no-block', { start: span.end, end: span.end, text: ' --no-block' })],
    }),
  ];
}

function clearsList(token: UdevToken): Problem {
  return problem({
    code: 'run-clears',
    severity: 'info',
    span: token.operatorSpan,
    message: 'RUN= drops what rules before have added, those of other files as well',
    why: 'RUN+= adds to it. systemd’s own rules run systemd-sysctl for each new interface.',
    fixes: [sureFix('Change it to +=', replaced(token.operatorSpan, '+='))],
  });
}

function affinityProblems(token: UdevToken): Problem[] {
  const at = token.raw.search(/smp_affinity|set_irq_affinity|set-irq-affinity/);
  if (at < 0) return [];
  return [
    problem({
      code: 'affinity-too-early',
      severity: 'info',
      span: token.rawSpan(at, at + 12),
      message: 'Many drivers ask for their interrupts when the interface is brought up, which is later than this',
      why: 'Use a service that the device wants (SYSTEMD_WANTS), IRQAffinityPolicy= of a .link file (systemd 260), or irqbalance’s policy script.',
    }),
  ];
}
