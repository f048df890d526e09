import { emitTarget } from "../emit/emitTarget.js";
import type { TargetId } from "../emit/targets.js";
import type { Loss, Reading } from "./reading.js";

/** A diagram in another language, and what was lost on the way. */
export interface Converted {
  text: string;
  /** One sentence each: what was not read, and what the language cannot hold. */
  losses: string[];
}

/**
 * Writes what was read in another language. Names of things stay where the language can have them.
 *
 * @throws UserError when that language cannot express this kind of diagram
 */
export function converted({ graph, losses }: Reading, target: TargetId): Converted {
  const earlierNames = new Map([...graph.nodes, ...graph.groups].map(({ id }) => [id, id]));
  const { text, warnings } = emitTarget(graph, target, { earlierNames, keepsBreaks: true });
  return { text, losses: [...losses.map(sentence), ...warnings] };
}

const sentence = ({ message, line }: Loss): string =>
  line === undefined ? message : `Line ${line}: ${message}`;
