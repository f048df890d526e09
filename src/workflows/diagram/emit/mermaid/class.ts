import type { Edge, Graph, Node } from "../../schema.js";
import { edgesOfNodes, membersByGroup } from "../../structure.js";
import { classBoxOf, type DrawnMember, withGenerics } from "../classBox.js";
import { indent, type Names } from "../names.js";
import { coloursOf, warnOfRemarks } from "../remarks.js";
import { directions } from "./common.js";
import { line, mermaidString, quotedLine, rowStart } from "./labels.js";

const classStarts: Record<Edge["startHead"], string> = {
  none: "",
  arrow: "<",
  triangle: "<|",
  diamond: "o",
  filledDiamond: "*",
  circle: "()",
  cross: "",
};
const classEnds: Record<Edge["endHead"], string> = { ...classStarts, arrow: ">", triangle: "|>" };
const multiplicities: Record<Edge["endCount"], string> = {
  none: "",
  one: ' "1"',
  zeroOrOne: ' "0..1"',
  oneOrMore: ' "1..*"',
  zeroOrMore: ' "0..*"',
};

/** Classes with their compartments, in namespaces, and the relations between them. */
export function classDiagram(graph: Graph, name: Names, warnings: string[], isLatest: boolean): string[] {
  warnOfRemarks(graph, "A class diagram in Mermaid", ["colour"], warnings);
  const edges = edgesOfNodes(graph, "Mermaid's class diagrams", warnings);
  const colours = coloursOf(graph, warnings);
  const frames = graph.groups.filter(({ id }) => colours.has(id)).length;
  if (frames > 0) warnings.push(`Packages have no colours in Mermaid: those of ${frames} are left out.`);
  const crosses = edges.filter(
    ({ startHead, endHead }) => startHead === "cross" || endHead === "cross",
  ).length;
  if (crosses > 0) warnings.push(`Relations in Mermaid have no crosses: those of ${crosses} are left out.`);
  return [
    "classDiagram",
    ...indent([
      `direction ${directions[graph.direction]}`,
      ...namespaces(graph, name, warnings, isLatest),
      ...(membersByGroup(graph).get("")?.nodes ?? []).flatMap((node) => classRows(node, name)),
      ...edges.map((edge) => relation(edge, name)),
      ...graph.notes.map(({ text, about }) =>
        graph.nodes.some(({ id }) => id === about)
          ? `note for ${name(about)} ${mermaidString(text)}`
          : `note ${mermaidString(text)}`,
      ),
      ...[...colours].flatMap(([id, { fill, stroke }]) =>
        graph.nodes.some((node) => node.id === id) ? [`style ${name(id)} fill:${fill},stroke:${stroke}`] : [],
      ),
    ]),
  ];
}

/** Mermaid before 12 knows namespaces by one word, and none within another. */
function namespaces(graph: Graph, name: Names, warnings: string[], isLatest: boolean): string[] {
  const members = membersByGroup(graph);
  if (graph.groups.some(({ parent }) => parent !== ""))
    warnings.push("Namespaces within namespaces are drawn side by side.");
  const nodesOf = (id: string) => members.get(id)?.nodes ?? [];
  const empty = graph.groups.filter(({ id }) => nodesOf(id).length === 0).length;
  if (empty > 0) warnings.push(`${empty} packages without classes of their own are left out.`);
  const letters = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, "").toLowerCase();
  return graph.groups.flatMap(({ id, label }) => {
    if (nodesOf(id).length === 0) return [];
    const isSaid = letters(label) === letters(name(id));
    if (!isSaid && !isLatest)
      warnings.push(`Mermaid before 12 has no words for a package but its name: “${label}” is ${name(id)}.`);
    const shown = isLatest && label !== name(id) ? `[${quotedLine(label)}]` : "";
    return [
      `namespace ${name(id)}${shown} {`,
      ...indent(nodesOf(id).flatMap((node) => classRows(node, name))),
      "}",
    ];
  });
}

function classRows(node: Node, name: Names): string[] {
  const { name: title, stereotype, members } = classBoxOf(node);
  const own = name(node.id);
  const [, base = "", parameters = ""] = /^(\w+)<([\w, ]{1,60})>$/.exec(title) ?? [];
  const head =
    title === own
      ? `class ${own}`
      : base === own
        ? `class ${own}~${parameters}~`
        : `class ${own}[${quotedLine(title)}]`;
  const rows = [
    ...(stereotype === "" ? [] : [`<<${line(stereotype, "member")}>>`]),
    ...members.map(memberRow),
  ];
  return rows.length === 0 ? [head] : [`${head} {`, ...indent(rows), "}"];
}

/** Stands for a tilde that is syntax: a private character. */
const bracket = "\u{f0002}";

/** `+pay(by: Date) bool`, with a dollar behind what is static, and a star behind what is abstract. */
function memberRow({ sign, text, result, isMethod, isStatic, isAbstract }: DrawnMember): string {
  const classifier = isAbstract ? "*" : isStatic ? "$" : "";
  const whole = isMethod && result !== "" ? `${text} ${result}` : text;
  // Its brackets are tildes in Mermaid, which stay as they are.
  const words = withGenerics(whole.replaceAll(bracket, "\ufffd"), [bracket, bracket]);
  const written = sign === "" ? rowStart(words, "member") : line(words, "member");
  const encoded = written.replaceAll(bracket, "~");
  // What has a parenthesis is a method to Mermaid, and what ends in these signs is static or abstract.
  const safe = isMethod ? encoded : encoded.replaceAll(")", "#41;");
  const ended = safe.replace(/[$*]$/, (character) => `#${character.charCodeAt(0)};`);
  const row = `${sign}${ended}${classifier}`;
  // A row of dashes would look like the start of a configuration.
  return /^-{3,}$/.test(row) ? `#45;${row.slice(1)}` : row;
}

function relation(edge: Edge, name: Names): string {
  const stroke = edge.line === "dashed" ? ".." : "--";
  const arrow = `${classStarts[edge.startHead]}${stroke}${classEnds[edge.endHead]}`;
  const text = edge.label.trim() === "" ? "" : ` : ${line(edge.label, "relation")}`;
  return `${name(edge.from)}${multiplicities[edge.startCount]} ${arrow}${multiplicities[edge.endCount]} ${name(edge.to)}${text}`;
}
