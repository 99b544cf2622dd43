import { collectorScript } from '../collectorScript.ts';

/** A section of the collector that prints files as they are. */
export interface FileSection {
  /** As it is called in the first sample: `counters@A`. */
  readonly name: string;
  readonly command: 'tail' | 'grep';
  /** Paths as the script has them: `/sys/class/net/<any>/mtu`. */
  readonly globs: readonly string[];
}

/**
 * What the collector reads of a host's files, out of the collector itself: whatever it comes to read is taken from a
 * sosreport as well.
 */
export const fileSections: readonly FileSection[] = merged(sectionsOf(collectorScript));

function sectionsOf(script: string): FileSection[] {
  return script
    .replace(/\\\n/g, ' ')
    .split('\n')
    .flatMap((line) => {
      const found = /^\s*(?:raw|big) "?([\w-]+(?:@\$1)?)"? (tail -n \+1|grep -sH \^) (\/.*)$/.exec(line);
      const [, name = '', command = '', paths = ''] = found ?? [];
      if (found === null) return [];
      return [
        {
          name: name.replace('$1', 'A'),
          command: command.startsWith('tail') ? ('tail' as const) : ('grep' as const),
          globs: paths.trim().split(/\s+/),
        },
      ];
    });
}

/** A section that the script prints in one of two ways has the files of both. */
function merged(sections: readonly FileSection[]): FileSection[] {
  return [...new Set(sections.map(({ name }) => name))].flatMap((name): FileSection[] => {
    const [first, ...more] = sections.filter((section) => section.name === name);
    if (first === undefined) return [];
    const globs = [...new Set(more.flatMap((section) => section.globs))].filter((glob) => !first.globs.includes(glob));
    return [{ ...first, globs: [...first.globs, ...globs] }];
  });
}

/** A shell's pattern as a regular expression: a star is any name, without slashes. */
export function globPattern(glob: string): string {
  return glob.replace(/[.+?^${}()|\\]/g, '\\$&').replaceAll('*', '[^/]*');
}
