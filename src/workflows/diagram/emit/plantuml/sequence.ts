import type { Graph, Group, Node, Step } from "../../schema.js";
import { remarksOf } from "../../structure.js";
import { indent, type Names } from "../names.js";
import { coloursOf, warnOfRemarks } from "../remarks.js";
import { line, plantumlString } from "./labels.js";

const messageArrows: Record<Step["line"], Record<Step["head"], string>> = {
  solid: { arrow: "->", open: "->>", cross: "->x", none: "->" },
  dashed: { arrow: "-->", open: "-->>", cross: "-->x", none: "-->" },
};

/** Participants, and what happens between them in the order of time. */
export function sequence(graph: Graph, name: Names, warnings: string[]): string[] {
  const held = ["activate", "deactivate", "create", "destroy", "side", "numbered", "colour"] as const;
  warnOfRemarks(graph, "A sequence in PlantUML", held, warnings);
  if (graph.edges.length > 0)
    warnings.push(`${graph.edges.length} lines outside the order of messages are left out.`);
  if (graph.groups.some(({ parent }) => parent !== "")) warnings.push("Boxes within boxes are left out.");
  if (graph.steps.some(({ kind, head }) => kind === "message" && head === "none"))
    warnings.push("Messages have arrowheads in PlantUML, also where the picture has none.");
  const isParticipant = (about: string) => graph.nodes.some(({ id }) => id === about);
  const loose = graph.notes.filter(({ about }) => !isParticipant(about)).length;
  if (loose > 0) warnings.push(`${loose} notes that are about no participant are left out.`);
  const remark = remarksOf(graph);
  const colours = coloursOf(graph, warnings);
  const participant = ({ id, label, shape }: Node) => {
    const colour = colours.get(id);
    const said = label === name(id) ? label : `${plantumlString(label)} as ${name(id)}`;
    return `${shape === "actor" ? "actor" : "participant"} ${said}${colour ? ` ${colour.fill}` : ""}`;
  };
  const outermost = (id: string): string => {
    const parent = graph.groups.find((group) => group.id === id)?.parent ?? "";
    return parent === "" ? id : outermost(parent);
  };
  const inBox = (group: Group) =>
    graph.nodes.filter((node) => node.group !== "" && outermost(node.group) === group.id);
  const activity = activityRows(graph, name, warnings);
  let depth = 0;
  return [
    ...(remark("", "numbered") ? ["autonumber"] : []),
    ...graph.groups
      .filter((group) => group.parent === "" && inBox(group).length > 0)
      .flatMap((group) => [
        `box ${plantumlString(group.label)}`,
        ...indent(inBox(group).map(participant)),
        "end box",
      ]),
    ...graph.nodes.filter(({ group }) => group === "").map(participant),
    ...graph.steps.flatMap((step, index) => {
      const { before, after } = activity(step, index);
      if (step.kind === "close" || step.kind === "else") depth--;
      const rows = [...before, stepRow(step, name, remark(`s${index + 1}`, "side")), ...after];
      const text = rows.map((row) => `${"  ".repeat(depth)}${row}`);
      if (step.kind === "open" || step.kind === "else") depth++;
      return text;
    }),
    ...graph.notes.flatMap(({ text, about }) =>
      isParticipant(about) ? [`note over ${name(about)} : ${line(text)}`] : [],
    ),
  ];
}

/** What stands around a message: lifelines that begin and end, and the bars on them. */
function activityRows(graph: Graph, name: Names, warnings: string[]) {
  const remark = remarksOf(graph);
  const bars = new Map<string, number>();
  return (step: Step, index: number): { before: string[]; after: string[] } => {
    if (step.kind !== "message") return { before: [], after: [] };
    const about = `s${index + 1}`;
    const uses = (one: Step, id: string) => one.from === id || one.to === id;
    const isFirst = !graph.steps.slice(0, index).some((one) => uses(one, step.to)) && step.from !== step.to;
    const isLast = !graph.steps.slice(index + 1).some((one) => uses(one, step.to));
    if (remark(about, "create") && !isFirst)
      warnings.push("A participant that is created by a message is drawn at the top.");
    if (remark(about, "destroy") && !isLast) warnings.push("The end of a participant's life is left out.");
    const after: string[] = [];
    if (remark(about, "activate")) {
      bars.set(step.to, (bars.get(step.to) ?? 0) + 1);
      after.push(`activate ${name(step.to)}`);
    }
    if (remark(about, "deactivate") && (bars.get(step.from) ?? 0) > 0) {
      bars.set(step.from, (bars.get(step.from) ?? 0) - 1);
      after.push(`deactivate ${name(step.from)}`);
    }
    if (remark(about, "destroy") && isLast) after.push(`destroy ${name(step.to)}`);
    return { before: remark(about, "create") && isFirst ? [`create ${name(step.to)}`] : [], after };
  };
}

function stepRow(step: Step, name: Names, side: string | undefined): string {
  const words = step.text.trim() === "" ? "" : line(step.text);
  const said = words === "" ? "" : ` : ${words}`;
  switch (step.kind) {
    case "message":
      return `${name(step.from)} ${messageArrows[step.line][step.head]} ${name(step.to)}${said}`;
    case "note": {
      const isWide = step.to !== "" && step.to !== step.from;
      const place = side !== undefined && !isWide ? `${side} of` : "over";
      return `note ${place} ${name(step.from)}${isWide ? `, ${name(step.to)}` : ""} : ${line(step.text)}`;
    }
    case "open":
      return `${step.fragment} ${line(step.text)}`;
    case "else":
      return words === "" ? "else" : `else ${words}`;
    case "close":
      return "end";
  }
}
