import type { Edge, Graph } from "../../schema.js";
import { edgesOfNodes } from "../../structure.js";
import { attributeOf } from "../code/entities.js";
import { Identifiers } from "../code/identifiers.js";
import { labelLines } from "../labels.js";
import { indent, type Names } from "../names.js";
import { coloursOf, warnOfRemarks } from "../remarks.js";
import { colourClasses, directions, looseNotes } from "./common.js";
import { quotedLine } from "./labels.js";

const erStarts: Record<Edge["startCount"], string> = {
  none: "||",
  one: "||",
  zeroOrOne: "|o",
  oneOrMore: "}|",
  zeroOrMore: "}o",
};
const erEnds: Record<Edge["endCount"], string> = {
  none: "||",
  one: "||",
  zeroOrOne: "o|",
  oneOrMore: "|{",
  zeroOrMore: "o{",
};

/** Entities with their attributes, and the relationships between them. */
export function er(graph: Graph, name: Names, warnings: string[], isLatest: boolean): string[] {
  // Mermaid before 11.5 knows no styles here.
  warnOfRemarks(graph, "An entity diagram in Mermaid", isLatest ? ["colour"] : [], warnings);
  const nodeIds = new Set(graph.nodes.map(({ id }) => id));
  const colours = isLatest ? [...coloursOf(graph, warnings)].filter(([id]) => nodeIds.has(id)) : [];
  looseNotes(graph, warnings, () => false);
  if (graph.groups.length > 0)
    warnings.push("Entity diagrams have no groups: those of the picture are left out.");
  const edges = edgesOfNodes(graph, "entity diagrams", warnings);
  const uncounted = edges.filter(({ startCount, endCount }) => startCount === "none" || endCount === "none");
  if (uncounted.length > 0)
    warnings.push(
      `Mermaid wants a cardinality at both ends: ${uncounted.length} relationships without one have “exactly one”.`,
    );
  return [
    "erDiagram",
    ...indent([
      // Mermaid before 11.5 knows no direction here, and draws from top to bottom.
      ...(isLatest ? [`direction ${directions[graph.direction]}`] : []),
      ...graph.nodes.flatMap(({ id, label, details }) => {
        const head = label === name(id) ? label : `${name(id)}[${quotedLine(label, "entity")}]`;
        const names = new Identifiers("snake", "sql");
        const attributes = details
          .flatMap(labelLines)
          .map((detail, index) => erAttribute(detail, index, names));
        return attributes.length === 0 ? [head] : [`${head} {`, ...indent(attributes), "}"];
      }),
      ...edges.map(
        (edge) =>
          `${name(edge.from)} ${erStarts[edge.startCount]}${edge.line === "dashed" ? ".." : "--"}${erEnds[edge.endCount]} ${name(edge.to)} : ${edge.label.trim() === "" ? '""' : quotedLine(edge.label)}`,
      ),
      ...colourClasses(new Map(colours), name),
    ]),
  ];
}

/** What Mermaid takes for a type or a name: `nvarchar(120)`, `first-name`, `int[]`. */
const isWord = (text: string): boolean => /^[A-Za-z_][\w()[\]-]*$/.test(text);

/** `type name PK "comment"`: what the words cannot hold stands in the comment. */
function erAttribute(detail: string, index: number, names: Identifiers): string {
  const { name, type, isKey, isForeign, isUnique, isOptional } = attributeOf(detail);
  // decimal(10,2) is a decimal: commas are not taken.
  const plainType = type.replace(/\s*\([^()]*\)$/, "");
  const shownType = isWord(type) ? type : isWord(plainType) ? plainType : "value";
  const isSaid = isWord(name) && isWord(type) && !isOptional;
  return [
    shownType,
    isWord(name) ? name : names.give(name, `attribute${index + 1}`),
    [isKey ? "PK" : "", isForeign ? "FK" : "", isUnique ? "UK" : ""].filter((key) => key !== "").join(", "),
    isSaid ? "" : quotedLine(detail, "comment"),
  ]
    .filter((part) => part !== "")
    .join(" ");
}
