import type { Graph } from "../../schema.js";
import type { Names } from "../names.js";

/**
 * Writes the lines of one kind of diagram.
 *
 * @param losses receives what the kind cannot hold, one sentence each
 */
export type Emit = (graph: Graph, name: Names, losses: string[]) => string[];

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
