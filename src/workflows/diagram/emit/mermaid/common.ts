import type { Graph } from "../../schema.js";

/**
 * Writes the lines of one kind of diagram.
 *
 * @param losses receives what the kind cannot hold, one sentence each
 */
export type Emit = (graph: Graph, name: Names, losses: string[]) => string[];

export type Names = (id: string) => string;

/** Our own identifier for each node and group: never a word that Mermaid reserves. */
export function namesOf({ nodes, groups }: Graph): Names {
  const names = new Map<string, string>();
  for (const [at, { id }] of nodes.entries()) names.set(id, `n${at + 1}`);
  for (const [at, { id }] of groups.entries()) names.set(id, `g${at + 1}`);
  return (id) => {
    const name = names.get(id);
    if (name === undefined) throw new Error("The graph refers to something that is not in it");
    return name;
  };
}

export const indent = (rows: string[]): string[] => rows.map((text) => `  ${text}`);

export const directions: Record<Graph["direction"], string> = {
  right: "LR",
  down: "TB",
  left: "RL",
  up: "BT",
};

/** Remarks that no line of the target holds, as said losses. */
export function looseNotes({ notes }: Graph, losses: string[], held: (about: string) => boolean): void {
  for (const { text, about } of notes) {
    if (!held(about)) losses.push(`Mermaid has no place for the remark “${text.replace(/\s+/g, " ")}”.`);
  }
}
