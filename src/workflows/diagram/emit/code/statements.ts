/** What happens in a flowchart or a sequence, as any programming language can say it. */
export interface Script {
  interfaces: Interface[];
  functions: Procedure[];
  /** Whether a question of the diagram is put to `decide`. */
  decides: boolean;
}

export interface Interface {
  name: string;
  label: string;
  methods: Array<{ name: string; label: string }>;
}

export interface Procedure {
  name: string;
  label: string;
  parameters: Array<{ name: string; type: string }>;
  body: Statement[];
  /** Whether it answers a question of the diagram, and does nothing else. */
  asks?: true;
}

/** A question put to `decide`, or to a function of its own. */
export type Condition = string | { asks: string; isNot: boolean };

export type Statement =
  | { kind: "comment"; text: string }
  /** Calls a function, or a method of a parameter. */
  | { kind: "call"; on: string | undefined; name: string; comment: string }
  | { kind: "loop"; condition: Condition; body: Statement[] }
  /** Goes on until something inside breaks. */
  | { kind: "forever"; body: Statement[] }
  | { kind: "break" | "continue" | "return" }
  /** The first branch whose condition holds; an empty condition is “else”. */
  | { kind: "choice"; branches: Branch[] };

export interface Branch {
  condition: Condition;
  body: Statement[];
}
