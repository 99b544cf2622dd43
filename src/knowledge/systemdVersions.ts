/** The systemd of releases, as their archives have it. */
const releases: readonly (readonly [RegExp, number])[] = [
  [/^Debian GNU\/Linux 9\b/, 232],
  [/^Debian GNU\/Linux 10\b/, 241],
  [/^Debian GNU\/Linux 11\b/, 247],
  [/^Debian GNU\/Linux 12\b/, 252],
  [/^Debian GNU\/Linux 13\b/, 257],
  [/^Ubuntu 16\.04/, 229],
  [/^Ubuntu 18\.04/, 237],
  [/^Ubuntu 20\.04/, 245],
  [/^Ubuntu 22\.04/, 249],
  [/^Ubuntu 24\.04/, 255],
  [/^(?:Red Hat Enterprise|CentOS|Rocky|AlmaLinux|Oracle).* 7\b/, 219],
  [/^(?:Red Hat Enterprise|CentOS|Rocky|AlmaLinux|Oracle).* 8\b/, 239],
  [/^(?:Red Hat Enterprise|CentOS|Rocky|AlmaLinux|Oracle).* 9\b/, 252],
  [/^(?:Red Hat Enterprise|CentOS|Rocky|AlmaLinux|Oracle).* 10\b/, 257],
  [/^SUSE Linux Enterprise Server 15/, 249],
  [/^Amazon Linux 2\b/, 219],
  [/^Amazon Linux 2023/, 252],
];

/** The systemd of a host by the name of its release (PRETTY_NAME of os-release), without updates; null where that is not known. */
export function systemdOf(os: string | null): number | null {
  return releases.find(([pattern]) => pattern.test(os ?? ''))?.[1] ?? null;
}
