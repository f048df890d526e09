/** A graph as text, and what that language could not hold. */
export interface Emitted {
  text: string;
  /** One sentence each. */
  warnings: string[];
}

/** What is asked of a text beside its graph. */
export interface EmitOptions {
  /** Which Mermaid reads it: what hosts such as GitHub run (10.9 and later), the default, or the latest alone. */
  mermaidVersion?: "github" | "latest" | undefined;
  /** What an earlier text of this drawing called its things, by their ids in this graph: kept where it can be. */
  earlierNames?: ReadonlyMap<string, string> | undefined;
}
