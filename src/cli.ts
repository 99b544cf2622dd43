import { parseArgs } from 'node:util';
import { type ChosenHost, chosenHost } from './cli/chosenHost.ts';
import { collector } from './cli/collector.ts';
import { diagnose } from './cli/diagnose.ts';
import { formOf } from './cli/diagnoseForms.ts';
import { type ExitStatus, exit, UsageError } from './cli/exit.ts';
import { hosts } from './cli/hosts.ts';
import { lint, lintFormat } from './cli/lint.ts';
import { namespaces } from './cli/namespaces.ts';
import { listFormats, parse } from './cli/parse.ts';
import { settings } from './cli/settings.ts';
import { snapshot } from './cli/snapshot.ts';
import { sockets } from './cli/sockets.ts';
import { tell, tellError } from './cli/tell.ts';
import { tune, tuneOptions } from './cli/tune.ts';
import type { LimitOverrides } from './diagnosis/limit.ts';
import { overridesOf } from './diagnosis/overrides.ts';
import { isAbort } from './transport/abort.ts';

const usage = `packet-path: where a Linux host drops or delays packets, and why

  packet-path hosts                         this machine and the aliases of ~/.ssh/config
  packet-path snapshot HOST [-o FILE]       take a capture; HOST is local, an alias or user@host:port
  packet-path diagnose HOST|FILE...         findings, worst first, of hosts, .netsnap files and sosreports
  packet-path sockets HOST QUESTION         its sockets in depth: --state STATE, --listeners, --worst KEY,
                                            --arrivals (where packets arrive), --repair
  packet-path settings HOST|FILE            each sysctl: what runs, what sets it at boot, whether they differ
  packet-path tune HOST|FILE --form FORM    the changes that findings ask for, as text to put into place
  packet-path lint FILE|FOLDER...           sysctl files, udev rules and .link files: what is wrong with them; --against
                                            HOST|FILE holds them against a host as well
  packet-path namespaces HOST               the network namespaces there, for --netns
  packet-path collector                     the script that takes a capture, to run on a host by hand
  packet-path parse FORMAT [FILE]           one kernel or tool text (or stdin) as JSON
  packet-path parse --list                  the formats

In place of HOST may stand, at the end, any program that gives a shell:
  packet-path diagnose -- docker exec -i web
  packet-path snapshot -o pod.netsnap -- kubectl exec -i pod --

  --netns NAME    look into that network namespace of the host; a process id in it will do as well
  --client NAME   ssh2, which is built in, or system: the ssh program (ssh2)
  --state NAME    TCP state: time-wait, syn-recv, close-wait, established ...
  --worst KEY     established connections, worst in retrans, rtt, queue or limited
  --arrivals      takes over descriptors of other processes for microseconds to read SO_INCOMING_CPU
  --json          machine-readable output
  --differs       of settings: only keys whose value at boot is not the one that runs
  --markdown, --html, --sarif
                  diagnose: a report to read, one file to send on, or SARIF 2.1.0 for CI
  --threshold R18.warnPerSecond=3
                  diagnose: a number of your own for a rule's threshold (docs/rules.md); may be repeated
  --form FORM     tune: sysctl, udev, link, commands, networkmanager, ansible, systemd or irqbalance
  --tuning T2,T10 tune: what these come to on this host instead (docs/tunings.md), or --all; for one interface --nic NAME
  --rtt MS        tune: round trip to the peers that matter, for T16
  --service udp4:53
                  tune: a service that gets a receive rule, for T5; may be repeated
  --running       tune: the settings of the interfaces as they run, to make them permanent
  --undo          tune: what takes the changes back
  --format NAME   lint: text, json or sarif (text)
  --interval S    seconds between the two samples (2)
  --deadline S    seconds the collector may take beyond the interval, once connected (60)

Status: 0 nothing found, 1 findings or problems of warning or worse (or parser warnings, or changes printed), 2 could not do it.
`;

async function main(argv: string[]): Promise<ExitStatus> {
  const dashes = argv.indexOf('--');
  const { values, positionals } = readArguments(dashes < 0 ? argv : argv.slice(0, dashes));
  const program = dashes < 0 ? [] : argv.slice(dashes + 1);
  const [command, ...operands] = positionals;
  if (values.help || command === undefined) {
    process.stdout.write(usage);
    return values.help ? exit.clean : exit.failed;
  }
  const sampling = {
    intervalSeconds: seconds(values.interval, 'interval', 0),
    deadlineSeconds: seconds(values.deadline, 'deadline', 1),
  };
  const host = (what: string, operand: string | undefined = operands[0]): ChosenHost => {
    if (dashes >= 0 && program.length === 0) throw new UsageError('the program after -- is missing');
    return chosenHost({ operand, command: program, client: values.client, netns: values.netns }, what);
  };
  // Here it only ends the options: a file may begin with a dash.
  const words = [...operands, ...program];
  switch (command) {
    case 'hosts':
      return hosts(values.json);
    case 'snapshot':
      return snapshot(host('HOST'), values.output, values.json, sampling);
    case 'diagnose':
      return diagnose(operands.length > 1 ? operands.map((operand) => host('', operand)) : [host('HOST or FILE')], {
        ...sampling,
        form: formOf(values),
        limits: limitsOf(values.threshold),
      });
    case 'sockets':
      return sockets(host('HOST'), values, values.json);
    case 'settings':
      return settings(host('HOST or FILE'), { json: values.json, onlyDiffering: values.differs }, sampling);
    case 'tune':
      return tune(host('HOST or FILE'), { ...sampling, ...tuneOptions(values) });
    case 'lint': {
      const against = values.against === undefined ? null : host('', values.against);
      return lint(operands, { ...sampling, against, format: lintFormat(values.format) });
    }
    case 'namespaces':
      return namespaces(host('HOST'), values.json);
    case 'collector':
      return collector();
    case 'parse':
      return values.list ? listFormats(values.json) : parse(operand(words, 'FORMAT'), words[1], values.json);
    default:
      throw new UsageError(`no command "${command}"`, true);
  }
}

function readArguments(argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h', default: false },
        json: { type: 'boolean', default: false },
        markdown: { type: 'boolean', default: false },
        html: { type: 'boolean', default: false },
        sarif: { type: 'boolean', default: false },
        threshold: { type: 'string', multiple: true, default: [] },
        list: { type: 'boolean', default: false },
        differs: { type: 'boolean', default: false },
        output: { type: 'string', short: 'o' },
        client: { type: 'string' },
        netns: { type: 'string' },
        state: { type: 'string' },
        worst: { type: 'string' },
        form: { type: 'string' },
        format: { type: 'string', default: 'text' },
        against: { type: 'string' },
        tuning: { type: 'string' },
        all: { type: 'boolean', default: false },
        nic: { type: 'string' },
        rtt: { type: 'string' },
        service: { type: 'string', multiple: true, default: [] },
        running: { type: 'boolean', default: false },
        undo: { type: 'boolean', default: false },
        listeners: { type: 'boolean', default: false },
        arrivals: { type: 'boolean', default: false },
        repair: { type: 'boolean', default: false },
        interval: { type: 'string', default: '2' },
        deadline: { type: 'string', default: '60' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function operand([first]: readonly string[], name: string): string {
  if (first === undefined) throw new UsageError(`${name} is missing`);
  return first;
}

/** `R18.warnPerSecond=3` each. Throws `UsageError` for a threshold that there is not. */
function limitsOf(texts: readonly string[]): LimitOverrides {
  const { limits, problems } = overridesOf(
    texts.map((text) => {
      const [key = '', value = ''] = text.split(/=(.*)/s);
      return [key, value.trim() === '' ? null : Number(value)];
    }),
  );
  const [problem] = problems;
  if (problem !== undefined) throw new UsageError(`--threshold: ${problem}`);
  return limits;
}

function seconds(text: string, name: string, least: number): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value < least || value > 3600)
    throw new UsageError(`--${name} must be ${least} to 3600 seconds`);
  return value;
}

// Whoever reads our output may stop reading: that is no failure of ours, nor a finding.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 128 + 13 : exit.failed);
});

main(process.argv.slice(2)).then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    process.exitCode = exit.failed;
    if (isAbort(error)) {
      tell('cancelled');
      return;
    }
    tellError(error);
    if (error instanceof UsageError) process.stderr.write(error.wantsHelp ? `\n${usage}` : 'See packet-path --help.\n');
  },
);
