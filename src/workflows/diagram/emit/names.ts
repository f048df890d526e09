import type { Graph } from "../schema.js";

export type Names = (id: string) => string;

/** Our own identifier for each node and group: never a word that a language reserves. */
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
