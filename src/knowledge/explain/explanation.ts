import type { StepId } from '../steps.ts';

/** What is known of a name that is shown: a counter, a column, a setting, an interrupt. Independent of any host. */
export interface Explanation {
  /** As it is written where it stands. */
  readonly title: string;
  /** `counter`, `gauge`, `setting`, `column` ... */
  readonly kind: string;
  /** What it is and what makes it move. */
  readonly what: string;
  /** Kernel functions; empty where it is no kernel's, or not known. */
  readonly where: string;
  /** File or command it is read from; empty where it is made of others. */
  readonly source: string;
  readonly step: StepId | null;
  /** Empty where it has none. */
  readonly unit: string;
  /** Whose figure it is, `of the whole machine`; empty where that goes without saying. */
  readonly scope: string;
  /** `Linux 6.8 and later`; empty where every kernel has it, or it is not known. */
  readonly versions: string;
  /** The default in words; empty where there is none. */
  readonly usual: string;
  /** How to set it; empty for what cannot be set. */
  readonly set: string;
  /** What else is known of it, in words. */
  readonly more: readonly { readonly label: string; readonly value: string }[];
  /**
   * How the text of a rule names it: each entry is words that must all be there. By these a rule is known to go by it, so
   * that nobody has to say it twice.
   */
  readonly named: readonly (readonly string[])[];
  /** Its key on the Settings tab. */
  readonly sysctl: string | null;
}

const blank: Explanation = {
  title: '',
  kind: '',
  what: '',
  where: '',
  source: '',
  step: null,
  unit: '',
  scope: '',
  versions: '',
  usual: '',
  set: '',
  more: [],
  named: [],
  sysctl: null,
};

/** An explanation of which only what differs from nothing is said. */
export function explanation(parts: Pick<Explanation, 'title' | 'kind' | 'what'> & Partial<Explanation>): Explanation {
  return { ...blank, ...parts };
}

/** One line of a table of explanations. */
export interface ExplainedName {
  readonly id: string;
  readonly step: StepId | null;
  /** Kernel function, file or command. */
  readonly where: string;
  readonly what: string;
  readonly named: readonly (readonly string[])[];
}

/**
 * A table of names, one a line: `id | step | where | what | names`. Step is `-` for none. Names are how rules call it where
 * that is not the id itself: words of one name are parted by ` + `, names by `, `.
 */
export function explainedNames(table: string): ReadonlyMap<string, ExplainedName> {
  const rows = table
    .trim()
    .split('\n')
    .map((line): [string, ExplainedName] => {
      const [id = '', step = '', where = '', what = '', names = ''] = line.split('|').map((cell) => cell.trim());
      const named = names === '' ? [] : names.split(', ').map((name) => name.split(' + '));
      return [id, { id, step: step === '-' || step === '' ? null : (step as StepId), where, what, named }];
    });
  return new Map(rows);
}

/** What is asked of the snapshot to explain a name that depends on it. */
export interface NamesHere {
  /** Driver of an interface; null where it is not known. */
  readonly driverOf: (nic: string) => string | null;
  readonly isNicVector: (irq: string) => boolean;
}

/** What a table says of an id; its `*`, or `HEADING *` by the beginning of the name, stands for names that are the host's own. */
export function named(
  table: ReadonlyMap<string, ExplainedName>,
  id: string,
  kind: string,
  title = id,
  source = '',
): Explanation | null {
  const wild = [id.replace(/ .*$/, ' *'), id.replace(/\/.*$/, '/*'), '*'];
  const row = [id, ...wild].map((each) => table.get(each)).find((each) => each !== undefined);
  if (row === undefined) return null;
  const isFunction = source.startsWith('/proc') && !row.where.startsWith('/');
  return explanation({
    title,
    kind,
    what: row.what,
    where: isFunction ? row.where : '',
    source: isFunction ? source : row.where || source,
    step: row.step,
    named: row.named,
  });
}
