import type { Edge, Graph } from "../../schema.js";
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
  const keys = [...new Set(detail.toUpperCase().match(/\b(PK|FK|UK)\b/g) ?? [])];
  const words = detail.replace(/\b(PK|FK|UK)\b/gi, " ").match(/[\p{L}\p{N}_]+/gu) ?? [];
  const asciiWord = (text: string | undefined) =>
    text !== undefined && /^[A-Za-z][A-Za-z0-9_]*$/.test(text) ? text : undefined;
  // Written both ways: "name: type" and "type name".
  const [first, second] = words.length === 2 ? words : [words[0], undefined];
  const typeFirst = !/^\s*\S+\s*:/.test(detail);
  const named = asciiWord(typeFirst && second !== undefined ? second : first) ?? `attribute${at + 1}`;
  const typed = asciiWord(typeFirst ? (second === undefined ? undefined : first) : second) ?? "value";
  return `${typed} ${named}${keys.length > 0 ? ` ${keys.join(", ")}` : ""} ${quotedLine(detail)}`;
}
