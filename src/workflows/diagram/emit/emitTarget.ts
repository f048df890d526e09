import { UserError } from "../../../errors.js";
import type { Graph } from "../schema.js";
import type { EmitOptions, Emitted } from "./emitted.js";
import { type TargetId, targets, targetsFor } from "./targets.js";

/**
 * Writes a graph in a language.
 *
 * @throws UserError when the language cannot express this kind of diagram; it names those that can
 */
export function emitTarget(graph: Graph, id: TargetId, options: EmitOptions = {}): Emitted {
  const target = targets[id];
  if (target.kinds.includes(graph.kind)) return target.emit(graph, options);
  throw new UserError({
    code: "wrongInput",
    problem: `The picture shows a ${graph.kind} diagram, and ${target.title} cannot express that.`,
    advice: `Choose another target: ${targetsFor(graph.kind).join(", ")}.`,
  });
}
