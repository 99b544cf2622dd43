import { describe, expect, it } from 'vitest';
import { arfsConditions } from '../../../src/diagnosis/arfs.ts';
import type { Nic, NicQueue } from '../../../src/model/snapshot.ts';
import { renderCommand } from '../../../src/tuning/renderCommand.ts';
import { have, nicOf, snapshotOf } from './build.ts';

const rx = (index: number, flowCount: number | null): NicQueue => ({
  direction: 'rx',
  index,
  cpus: [],
  flowCount,
  rxQueues: null,
  maxRate: null,
  trafficClass: null,
  limits: null,
});

interface Setup {
  readonly entries?: string;
  readonly config?: Readonly<Record<string, string>>;
  readonly nic?: Partial<Nic>;
}

function states({ entries, config, nic }: Setup): readonly string[] {
  const snapshot = {
    ...snapshotOf({
      after: {},
      ...(entries === undefined ? {} : { sysctl: { 'net.core.rps_sock_flow_entries': entries } }),
    }),
    ...(config === undefined ? {} : { kernelConfig: have(new Map(Object.entries(config))) }),
  };
  return arfsConditions(snapshot, nicOf('eth0', nic)).map(({ state }) => state);
}

const ntuple = (active: boolean, fixed = false) => ({
  features: have([{ name: 'ntuple-filters', active, fixed, requested: null }]),
});

describe('arfsConditions', () => {
  it('are all met on a NIC that is set up', () => {
    const nic = { ...ntuple(true), driver: 'mlx5_core', queues: [rx(0, 4096), rx(1, 4096)] };
    expect(states({ entries: '32768', config: { CONFIG_RPS: 'y', CONFIG_RFS_ACCEL: 'y' }, nic })).toEqual(
      Array(5).fill('met'),
    );
  });

  it('are unmet one by one, each for its own reason', () => {
    const nic = { ...ntuple(false), driver: 'igb', queues: [rx(0, 4096), rx(1, 0)] };
    expect(states({ entries: '0', config: { CONFIG_RPS: 'n' }, nic })).toEqual(Array(5).fill('unmet'));
  });

  it('are not known where the host does not say', () => {
    expect(states({ nic: { queues: [rx(0, null)] } })).toEqual(Array(5).fill('unknown'));
    expect(states({})[1]).toBe('unknown');
  });

  it('say what to set, and nothing where nothing can be set', () => {
    const queues = [rx(0, 0), rx(1, 0), rx(2, 0)];
    const snapshot = snapshotOf({ after: {}, sysctl: { 'net.core.rps_sock_flow_entries': '0' } });
    const commands = arfsConditions(snapshot, nicOf('eth0', { ...ntuple(false), queues })).map(
      ({ change }) => change && renderCommand(change),
    );
    expect(commands.slice(0, 3)).toEqual([
      { ok: true, text: "sysctl -w net.core.rps_sock_flow_entries='32768'" },
      { ok: true, text: expect.stringContaining('echo 16384 > "$queue/rps_flow_cnt"') },
      { ok: true, text: 'ethtool -K eth0 ntuple on' },
    ]);
    const fixed = arfsConditions(snapshot, nicOf('eth0', { ...ntuple(false, true), driver: 'virtio_net' }));
    expect(fixed[2]).toMatchObject({ change: null, found: expect.stringContaining('[fixed]') });
    const refused = { features: have([{ name: 'ntuple-filters', active: false, fixed: false, requested: true }]) };
    expect(arfsConditions(snapshot, nicOf('eth0', refused))[2]).toMatchObject({ state: 'unmet', change: null });
    expect(fixed[3]).toMatchObject({ state: 'unmet', change: null, found: expect.stringContaining('virtio_net') });
  });

  it('share a table that is there among the queues', () => {
    const snapshot = snapshotOf({ after: {}, sysctl: { 'net.core.rps_sock_flow_entries': '4096' } });
    const queues = [rx(0, 0), rx(1, 0), rx(2, 0), rx(3, 0)];
    expect(arfsConditions(snapshot, nicOf('eth0', { queues }))[1]?.change?.value).toBe('1024');
  });

  it('count the queues that are not set', () => {
    const half = nicOf('eth0', { queues: [rx(0, 4096), rx(1, 0), rx(2, 0)] });
    expect(arfsConditions(snapshotOf({ after: {} }), half)[1]?.found).toBe('0 on 2 of 3 queues');
  });
});
