/** A place in a text, counted from 0; characters are UTF-16 units, as editors count. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** Replace a range with a text. All edits of a plan are in terms of the text before any of them, and do not overlap. */
export interface TextEdit extends Range {
  readonly text: string;
}

/** Edits to apply together as one undo step (none: the file says so already), or why the change cannot be written. */
export type EditPlan =
  | { readonly ok: true; readonly edits: readonly TextEdit[] }
  | { readonly ok: false; readonly reason: string };
