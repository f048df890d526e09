import { emitTarget } from "../emit/emitTarget.js";
import type { TargetId } from "../emit/targets.js";
import type { Reading, Warning } from "./reading.js";

/** A diagram in another language, and what was lost on the way. */
export interface Converted {
  text: string;
  /** One sentence each: what was not read, and what the language cannot hold. */
  warnings: string[];
}

/**
 * Writes what was read in another language. Names of things stay where the language can have them.
 *
 * @throws UserError when that language cannot express this kind of diagram
 */
export function converted({ graph, warnings }: Reading, target: TargetId): Converted {
  const earlierNames = new Map([...graph.nodes, ...graph.groups].map(({ id }) => [id, id]));
  const emitted = emitTarget(graph, target, { earlierNames, keepsBreaks: true });
  return { text: emitted.text, warnings: [...warnings.map(sentence), ...emitted.warnings] };
}

const sentence = ({ message, line }: Warning): string =>
  line === undefined ? message : `Line ${line}: ${message}`;
