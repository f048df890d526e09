import type { Edge, Graph } from "../../schema.js";
import { attributeOf } from "../code/entities.js";
import { indent, type Names } from "../names.js";
import { directions, looseNotes } from "./common.js";
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

export function er(graph: Graph, name: Names, losses: string[]): string[] {
  looseNotes(graph, losses, () => false);
  if (graph.groups.length > 0)
    losses.push("Entity diagrams have no groups: those of the picture are left out.");
  return [
    "erDiagram",
    ...indent([
      `direction ${directions[graph.direction]}`,
      ...graph.nodes.flatMap(({ id, label: text, details }) => {
        const head = `${name(id)}[${quotedLine(text)}]`;
        const attributes = details.filter((detail) => detail.trim() !== "").map(erAttribute);
        return attributes.length === 0 ? [head] : [`${head} {`, ...indent(attributes), "}"];
      }),
      ...graph.edges.map(
        (edge) =>
          `${name(edge.from)} ${erStarts[edge.startCount]}${edge.line === "dashed" ? ".." : "--"}${erEnds[edge.endCount]} ${name(edge.to)} : ${quotedLine(edge.label)}`,
      ),
    ]),
  ];
}

/** `type name PK "comment"`: names are plain words there, so what they cannot hold stands in the comment. */
function erAttribute(detail: string, at: number): string {
  const { name, type, isKey, isForeign, isUnique, isOptional } = attributeOf(detail);
  const isWord = (text: string) => /^[A-Za-z][A-Za-z0-9_]*$/.test(text);
  const isSaid = isWord(name) && isWord(type) && !isOptional;
  return [
    isWord(type) ? type : "value",
    isWord(name) ? name : `attribute${at + 1}`,
    [isKey ? "PK" : "", isForeign ? "FK" : "", isUnique ? "UK" : ""].filter((key) => key !== "").join(", "),
    isSaid ? "" : quotedLine(detail),
  ]
    .filter((part) => part !== "")
    .join(" ");
}
