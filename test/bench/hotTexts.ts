/** A text of a hot format at the size of a large host, and what reads it. */
const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0');
const range = (length: number) => Array.from({ length }, (_, index) => index);
const header = (cpus: number) =>
  `           ${range(cpus)
    .map((cpu) => `CPU${cpu}`.padEnd(11))
    .join('')}\n`;

function row(cpus: number, label: string, text: string): string {
  const counts = range(cpus).map((cpu) => String((cpu * 7919) % 100_003).padStart(10));
  return `${label.padStart(8)}: ${counts.join(' ')}  ${text}\n`;
}

/** 256 CPUs and 2,000 interrupts are 5.7 MB, 1,152 CPUs and 1,050 interrupts 13.4 MB. */
export function interruptsText(cpus: number, irqs: number): string {
  const rows = range(irqs).map((irq) => row(cpus, String(irq), `PCI-MSIX-0000:3b:00.0 ${irq}-edge eth0-TxRx-${irq}`));
  return header(cpus) + rows.join('');
}

export function softirqsText(cpus: number): string {
  return header(cpus) + ['HI', 'TIMER', 'NET_TX', 'NET_RX', 'BLOCK', 'RCU'].map((name) => row(cpus, name, '')).join('');
}

export function softnetText(cpus: number): string {
  const lines = range(cpus).map((cpu) => [123456, 0, 7, 0, 0, 0, 0, 0, 0, 9, 0, 0, cpu, 0, 0]);
  return lines.map((columns) => `${columns.map((value) => hex(value, 8)).join(' ')}\n`).join('');
}

/** 150 bytes a socket, as the kernel pads them. */
export function tcpText(sockets: number, family: 4 | 6): string {
  const [local, remote] =
    family === 4 ? ['0100000A', '0200000A'] : ['B80D01200000010000000000', 'B80D01200000010000000000'];
  const host = (n: number) => (family === 4 ? '' : hex(n % 200, 8).toUpperCase());
  const lines = range(sockets).map((n) => {
    const port = hex(n % 60_000, 4).toUpperCase();
    const line = `${String(n).padStart(5)}: ${local}${host(n)}:${port} ${remote}${host(1)}:01BB 01 00000000:00000000 00:00000000 00000000  1000        0 ${n} 1 0000000000000000 20 4 30 10 -1`;
    return `${line.padEnd(149)}\n`;
  });
  return `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n${lines.join('')}`;
}

/** A capture of two samples with these counters, as the collector frames it. */
export function captureOf(files: Readonly<Record<string, string>>): string {
  const counters = Object.entries({ '/proc/uptime': '1.00 1.00\n', ...files, '/proc/uptime ': '' })
    .map(([path, text]) => `==> ${path} <==\n${text}`)
    .join('\n');
  const sections = [...['counters@A', 'counters@B'].map((name) => [name, counters]), ['end', '']];
  return `@@pp packet-path 1\n${sections.map(([name, text]) => `\n@@pp < ${name}\n${text}\n@@pp > 0 1.00 1.00 ${name}\n`).join('')}`;
}
