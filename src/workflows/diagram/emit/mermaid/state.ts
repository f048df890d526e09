import { membersByGroup, transitionsByGroup } from "../../graph.js";
import type { Graph, Node } from "../../schema.js";
import { indent, type Names } from "../names.js";
import { directions, looseNotes } from "./common.js";
import { line, quotedLine } from "./labels.js";

export function state(graph: Graph, name: Names, losses: string[]): string[] {
  looseNotes(graph, losses, (about) => about !== "");
  const isDot = new Map(graph.nodes.map(({ id, shape }) => [id, shape === "start" || shape === "end"]));
  const at = (id: string) => (isDot.get(id) ? "[*]" : name(id));
  const node = ({ id, label: text, shape, details }: Node): string[] => {
    if (isDot.get(id)) return [];
    if (shape === "diamond" && text.trim() === "") return [`state ${name(id)} <<choice>>`];
    return [
      `state ${quotedLine(text)} as ${name(id)}`,
      ...details.map((detail) => `${name(id)} : ${line(detail)}`),
    ];
  };
  const headless = graph.edges.filter(({ startHead }) => startHead !== "none").length;
  if (headless > 0)
    losses.push(`Transitions have one direction: the second arrowhead of ${headless} is left out.`);
  const transitions = transitionsByGroup(graph);
  const edgesIn = (group: string) =>
    (transitions.get(group) ?? []).map((edge) => {
      const text = edge.label.trim() === "" ? "" : ` : ${line(edge.label)}`;
      return `${at(edge.from)} --> ${at(edge.to)}${text}`;
    });
  const members = membersByGroup(graph);
  const inside = (id: string): string[] => {
    const { nodes = [], groups = [] } = members.get(id) ?? {};
    return [
      ...nodes.flatMap(node),
      ...groups.flatMap((group) => {
        const body = inside(group.id);
        return [
          `state ${quotedLine(group.label)} as ${name(group.id)}${body.length > 0 ? " {" : ""}`,
          ...(body.length > 0 ? [...indent(body), "}"] : []),
        ];
      }),
      ...edgesIn(id),
    ];
  };
  const notes = graph.notes.flatMap(({ text, about }) =>
    about === "" || isDot.get(about) ? [] : [`note right of ${name(about)} : ${line(text)}`],
  );
  return [
    "stateDiagram-v2",
    ...indent([`direction ${directions[graph.direction]}`, ...inside(""), ...notes]),
  ];
}
