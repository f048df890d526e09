import type { Graph } from "../../schema.js";
import { remarksOf } from "../../structure.js";
import type { Names } from "../names.js";
import { coloursOf, warnOfRemarks } from "../remarks.js";
import { isDot, stateRows } from "../states.js";
import { direction } from "./boxes.js";
import { line, plantumlString, row } from "./labels.js";

/** States within states, and the transitions between them. */
export function state(graph: Graph, name: Names, warnings: string[]): string[] {
  warnOfRemarks(graph, "A state diagram in PlantUML", ["pseudostate", "region", "colour"], warnings);
  const remark = remarksOf(graph);
  const colours = coloursOf(graph, warnings);
  const homes = new Map(graph.nodes.map(({ id, group }) => [id, group]));
  /** A history state is its composite's. */
  const named = (id: string): string => {
    const kind = remark(id, "pseudostate");
    if (kind !== "history" && kind !== "deepHistory") return name(id);
    const home = homes.get(id) ?? "";
    return `${home === "" ? "" : name(home)}${kind === "history" ? "[H]" : "[H*]"}`;
  };
  const head = ({ id, label }: { id: string; label: string }): string => {
    const colour = colours.get(id);
    const said = label === name(id) ? label : `${plantumlString(label)} as ${name(id)}`;
    return `state ${said}${colour ? ` ${colour.fill}` : ""}`;
  };
  const rows = stateRows(graph, named, warnings, {
    state: (node) => {
      const { id, label, shape, details } = node;
      const kind = remark(id, "pseudostate");
      if (kind === "history" || kind === "deepHistory") return [];
      if (kind) return [`state ${name(id)} <<${kind}>>`];
      if (shape === "diamond" && label.trim() === "") return [`state ${name(id)} <<choice>>`];
      return [head(node), ...details.map((detail) => `${name(id)} : ${row(detail)}`)];
    },
    composite: head,
    inComposite: () => [],
    isRegion: ({ id }) => remark(id, "region") !== undefined,
    regionSign: "--",
    transition: ({ label, line: stroke }, from, to) =>
      `${from} ${stroke === "dashed" ? "-[dashed]->" : "-->"} ${to}${label.trim() === "" ? "" : ` : ${line(label)}`}`,
  });
  const dots = new Set(graph.nodes.filter(isDot).map(({ id }) => id));
  return [
    ...direction(graph),
    ...rows,
    ...graph.notes.map(({ text, about }, number) =>
      about === "" || dots.has(about)
        ? `note ${plantumlString(text)} as note${number + 1}`
        : `note right of ${name(about)} : ${line(text)}`,
    ),
  ];
}
