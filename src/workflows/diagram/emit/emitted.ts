/** A graph as text, and what that language could not hold. */
export interface Emitted {
  text: string;
  /** One sentence each. */
  warnings: string[];
  /** What it calls nodes and groups, by their ids in the graph, in languages that have such names. */
  names?: ReadonlyMap<string, string>;
}

/** Which Mermaid is to read a text: what hosts such as GitHub run (10.9 and later), or the latest alone. */
export const mermaidVersions = ["github", "latest"] as const;
export type MermaidVersion = (typeof mermaidVersions)[number];

/** What is asked of a text beside its graph. */
export interface EmitOptions {
  /** By default, what hosts run. */
  mermaidVersion?: MermaidVersion | undefined;
  /** Whether every line break of a label is meant, as in a graph that was read from a text, and not from paper. */
  keepsBreaks?: boolean | undefined;
  /** What an earlier text of this drawing called its things, by their ids in this graph: kept where it can be. */
  earlierNames?: ReadonlyMap<string, string> | undefined;
}
