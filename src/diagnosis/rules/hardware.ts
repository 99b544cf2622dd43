import type { Nic, PciLink } from '../../model/snapshot.ts';
import { says, stands } from '../evidence.ts';
import { formatCount, formatRate } from '../figures.ts';
import type { Draft } from '../finding.ts';
import { heuristic, limit } from '../limit.ts';
import { physicalNics } from '../nicLoad.ts';
import { counterEvidence, counterIfThere, movedBy } from '../protocols.ts';
import { have, lack, type Needed, type RuleContext, ruleOf } from '../rule.ts';

const pcieLimits = {
  headroom: limit(
    1.2,
    heuristic,
    (value) => `the NIC’s speed times ${value} is more than its PCI Express link carries`,
  ),
};

/** Gbit/s that a link carries: 8b/10b up to 5 GT/s, 128b/130b above. */
function pciGigabits({ speed, width }: Pick<PciLink, 'speed' | 'width'>): number {
  return speed * width * (speed <= 5 ? 0.8 : 128 / 130);
}

/** R52: the slot is slower than the NIC. */
export const narrowPcie = ruleOf({
  id: 'R52',
  title: 'PCI Express link too narrow',
  step: 'E16',
  evidence: '/sys/class/net/NIC/device current_link_speed x current_link_width against max_link_* and the NIC’s speed',
  fix: 'another slot, riser or BIOS setting; no setting of the kernel',
  lookalikes:
    'A slot with fewer lanes than the card can use is no fault while it carries the link’s speed. Idle links may train down.',
  limits: pcieLimits,
  needs: ({ snapshot }: RuleContext): Needed<readonly { nic: Nic; link: PciLink; speed: number }[]> => {
    const nics = physicalNics(snapshot);
    if (!nics.ok) return nics;
    const known = nics.value.flatMap((nic) =>
      nic.pciLink === null || nic.speed === null ? [] : [{ nic, link: nic.pciLink, speed: nic.speed }],
    );
    return known.length > 0 ? have(known) : lack('no NIC tells its PCI Express link and its speed');
  },
  check: (nics, _, { headroom }) =>
    nics.flatMap(({ nic, link, speed }): Draft[] => {
      const carries = pciGigabits(link);
      const isDown = (link.maxWidth ?? link.width) > link.width || (link.maxSpeed ?? link.speed) > link.speed;
      if (!isDown || (speed / 1000) * headroom <= carries) return [];
      return [
        {
          severity: 'warn',
          subject: { kind: 'nic', nic: nic.name },
          title: `${nic.name} of ${speed / 1000} Gbit/s has a PCI Express link of ${link.speed} GT/s x ${link.width}: ${carries.toFixed(0)} Gbit/s`,
          why: 'Packets and descriptors cross this link, with overhead of their own. At full rate the NIC waits for it and drops in its own buffer.',
          evidence: [
            stands(`/sys/class/net/${nic.name}/speed`, 'Mbit/s', speed, `${formatCount(speed)} Mbit/s`),
            stands(
              `/sys/class/net/${nic.name}/device/current_link_width`,
              'lanes',
              link.width,
              `${link.width} of at most ${link.maxWidth ?? 'an unknown number'}`,
            ),
            stands(
              `/sys/class/net/${nic.name}/device/current_link_speed`,
              'GT/s',
              link.speed,
              `${link.speed} GT/s of at most ${link.maxSpeed ?? 'an unknown speed'}`,
            ),
          ],
          advice: [
            'Nothing to tune here: put the card into a slot with as many lanes; look at the BIOS for bifurcation and link speed.',
          ],
          verify: '`lspci -vv` shows LnkSta as LnkCap.',
          tab: 'nics',
        },
      ];
    }),
});

/** R38: CPUs save power at the price of delay. */
export const powerSaving = ruleOf({
  id: 'R38',
  title: 'CPU frequency governor saves power',
  step: 'I24',
  evidence: '/sys/devices/system/cpu/cpufreq/policy*/scaling_governor and scaling_driver',
  fix: '`cpupower frequency-set -g performance`, or tuned’s network-latency profile',
  lookalikes:
    'The powersave of intel_pstate and amd-pstate scales with the load: that is fine. Virtual machines have neither.',
  limits: {},
  needs: ({ snapshot }: RuleContext): Needed<ReadonlyMap<string, readonly string[]>> => {
    const { governors } = snapshot.cpus.power;
    return governors.size > 0
      ? have(governors)
      : lack('the host has no cpufreq: a virtual machine, or the firmware decides');
  },
  check: (governors): readonly Draft[] => {
    const slow = [...governors].filter(
      ([governor, drivers]) => governor === 'powersave' && drivers.some((driver) => !/pstate/.test(driver)),
    );
    if (slow.length === 0) return [];
    return [
      {
        severity: 'info',
        subject: { kind: 'host' },
        title: 'CPUs stay at their lowest frequency (governor powersave)',
        why: 'With this driver the governor does not follow the load: every packet takes longer.',
        evidence: slow.map(([governor, drivers]) =>
          says('/sys/devices/system/cpu/cpufreq', 'scaling_governor', `${governor} (${drivers.join(', ')})`),
        ),
        advice: [
          '`cpupower frequency-set -g performance` until the next boot; a profile of tuned (network-latency) keeps it. It costs power.',
        ],
        verify: 'scaling_governor reads performance or schedutil.',
        tab: 'overview',
      },
    ];
  },
});

interface Mtu {
  readonly nic: Nic;
  readonly master: Nic;
}

/** R50: packets do not fit. */
export const mtuMismatch = ruleOf({
  id: 'R50',
  title: 'MTU mismatch',
  step: 'E8',
  evidence:
    'mtu of an interface against that of its bond or bridge; Ip FragFails and TcpExt TCPMTUPFail between the samples',
  fix: 'one MTU along the path; net.ipv4.tcp_mtu_probing = 1 where ICMP is filtered',
  lookalikes: 'Probing a path makes a failure or two by design. A bridge takes the smallest MTU of its ports.',
  limits: {
    least: limit(0, heuristic, () => 'any packet that did not fit, or ports with a smaller MTU than their bond'),
  },
  needs: ({ rates, snapshot }: RuleContext): Needed<readonly Mtu[]> => {
    if (!rates.ok) return rates;
    if (snapshot.nics.length === 0 && !rates.value.protocols.has('Ip'))
      return lack('no interface and no counter of IP was read');
    const byName = new Map(snapshot.nics.map((nic) => [nic.name, nic]));
    return have(
      snapshot.nics.flatMap((nic) => {
        const master =
          nic.ipLink.ok && nic.ipLink.value.master !== null ? byName.get(nic.ipLink.value.master) : undefined;
        const isSmaller = master !== undefined && nic.mtu !== null && master.mtu !== null && nic.mtu < master.mtu;
        return isSmaller ? [{ nic, master }] : [];
      }),
    );
  },
  check: (smaller, context): readonly Draft[] => [...smaller.map(portFinding), ...pathFinding(context)],
});

function portFinding({ nic, master }: Mtu): Draft {
  return {
    severity: 'warn',
    subject: { kind: 'nic', nic: nic.name },
    nics: [master.name],
    title: `${nic.name} carries packets of ${formatCount(nic.mtu ?? 0)} bytes, ${master.name} above it ${formatCount(master.mtu ?? 0)}`,
    why: 'What is sent through the larger one does not fit the smaller one and is dropped there without a word.',
    evidence: [
      stands(`/sys/class/net/${nic.name}/mtu`, 'mtu', nic.mtu ?? 0, formatCount(nic.mtu ?? 0)),
      stands(`/sys/class/net/${master.name}/mtu`, 'mtu', master.mtu ?? 0, formatCount(master.mtu ?? 0)),
    ],
    changes: [
      {
        kind: 'device',
        nic: nic.name,
        attribute: 'mtu',
        value: String(master.mtu),
        current: String(nic.mtu),
        atLeast: true,
      },
    ],
    sideEffects: 'Setting the MTU restarts the queues of many NICs; the switch must carry frames of that size.',
    verify: '`ip link` shows one MTU for both.',
    tab: 'nics',
  };
}

function pathFinding(context: RuleContext): Draft[] {
  const fragments = counterIfThere(context, 'Ip FragFails');
  const probes = counterIfThere(context, 'TcpExt TCPMTUPFail');
  if (movedBy(fragments) + movedBy(probes) === 0) return [];
  const rate = (fragments?.perSecond ?? 0) + (probes?.perSecond ?? 0);
  return [
    {
      severity: 'info',
      subject: { kind: 'host' },
      title: `Packets do not fit their path: ${formatRate(rate)}`,
      why: 'A packet was larger than the next link and must not be cut. TCP learns the size of a path from ICMP; where that is filtered, large packets vanish and small ones pass.',
      evidence: [
        ...(movedBy(fragments) === 0 || fragments === null
          ? []
          : [counterEvidence('Ip FragFails', fragments, 'packets')]),
        ...(movedBy(probes) === 0 || probes === null ? [] : [counterEvidence('TcpExt TCPMTUPFail', probes, 'probes')]),
      ],
      advice: [
        'Compare the MTU of tunnels with that of the link below less their headers (VXLAN 50, WireGuard 60 or 80, GRE 24).',
        'Let ICMP “fragmentation needed” pass on the way back to the senders. Where it is filtered and cannot be let through, net.ipv4.tcp_mtu_probing = 1 on the senders helps their TCP, and nothing else.',
      ],
      verify: 'Snapshot again under the same load: FragFails stays flat; `ping -M do -s 1472` passes.',
      tab: 'counters',
    },
  ];
}
