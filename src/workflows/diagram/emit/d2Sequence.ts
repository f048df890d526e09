import type { Graph, Step } from "../schema.js";
import { remarksOf } from "../structure.js";
import { d2String, plain } from "./d2Text.js";
import { labelLines } from "./labels.js";
import type { Names } from "./names.js";
import { coloursOf, warnOfRemarks } from "./remarks.js";

/**
 * Participants, and what happens between them.
 *
 * @param warnings receives what D2 cannot hold, one sentence each
 */
export function sequenceRows(graph: Graph, name: Names, warnings: string[]): string[] {
  warnOfRemarks(graph, "A sequence in D2", ["colour", "activate", "deactivate"], warnings);
  const colours = coloursOf(graph, warnings);
  if (graph.groups.length > 0) warnings.push("A sequence in D2 has no boxes around participants.");
  if (graph.edges.length > 0)
    warnings.push(`${graph.edges.length} lines outside the order of messages are left out.`);
  const isParticipant = (about: string) => graph.nodes.some(({ id }) => id === about);
  const loose = graph.notes.filter(({ about }) => !isParticipant(about)).length;
  if (loose > 0) warnings.push(`${loose} notes that are about no participant are left out.`);
  const lifelines = barsOf(graph, name);
  const kept = withoutEmptyFragments(graph.steps);
  if (kept.length < graph.steps.length)
    warnings.push("Fragments and branches without a message are left out.");
  let depth = 0;
  let [parts, notes] = [0, 0];
  const steps = kept.flatMap((step) => {
    if (step.kind === "open" || step.kind === "else") parts++;
    if (step.kind === "note") notes++;
    const count = step.kind === "note" ? notes : parts;
    if (step.kind === "close" || step.kind === "else") depth--;
    const rows = stepRows(step, count, lifelines.get(step) ?? { from: name, to: name }).map(
      (row) => `${"  ".repeat(depth)}${row}`,
    );
    if (step.kind === "open" || step.kind === "else") depth++;
    return rows;
  });
  return [
    "shape: sequence_diagram",
    ...graph.nodes.map(({ id, label, shape }) => {
      const said = plain(label) === name(id) ? "" : `: ${plain(label)}`;
      const colour = colours.get(id);
      const style = [
        ...(shape === "actor" ? ["shape: person"] : []),
        ...(colour ? [`style.fill: "${colour.fill}"`, `style.stroke: "${colour.stroke}"`] : []),
      ];
      if (style.length === 0) return `${name(id)}${said}`;
      return `${name(id)}${said === "" ? ":" : said} { ${style.join("; ")} }`;
    }),
    ...steps,
    ...graph.notes
      .filter(({ about }) => isParticipant(about))
      .map(({ text, about }, index) => `${name(about)}.remark${index + 1}: ${d2String(text)}`),
  ];
}

/** Where a message begins and ends: at lifelines, or at bars on them. */
interface Ends {
  from: Names;
  to: Names;
}

/** A bar on a lifeline is a thing inside of the participant, and lasts as long as messages begin or end at it. */
function barsOf(graph: Graph, name: Names): Map<Step, Ends> {
  const remark = remarksOf(graph);
  const bars = new Map<string, string[]>();
  const ends = new Map<Step, Ends>();
  let count = 0;
  for (const [index, step] of graph.steps.entries()) {
    if (step.kind !== "message") continue;
    const at = (id: string) => [name(id), ...(bars.get(id) ?? [])].join(".");
    const from = at(step.from);
    if (remark(`s${index + 1}`, "activate"))
      bars.set(step.to, [...(bars.get(step.to) ?? []), `bar${++count}`]);
    const to = at(step.to);
    ends.set(step, { from: () => from, to: () => to });
    if (remark(`s${index + 1}`, "deactivate")) bars.set(step.from, (bars.get(step.from) ?? []).slice(0, -1));
  }
  return ends;
}

/**
 * D2 draws no fragment in which no message is sent: it loses its words, or fails. Branches without a message
 * join their neighbour, and fragments without any are dissolved. Exported for its tests.
 */
export function withoutEmptyFragments(steps: readonly Step[]): Step[] {
  const dropped = new Set<number>();
  /** The open fragments: where each branch begins, and whether it holds a message. */
  const open: Array<Array<{ head: number; sends: boolean }>> = [];
  for (const [index, step] of steps.entries()) {
    if (step.kind === "message") for (const branches of open) markSending(branches);
    else if (step.kind === "open") open.push([{ head: index, sends: false }]);
    else if (step.kind === "else") open.at(-1)?.push({ head: index, sends: false });
    else if (step.kind === "close") {
      const [first, ...others] = open.pop() ?? [];
      if (!first) continue;
      for (const { head, sends } of others) if (!sends) dropped.add(head);
      const sending = others.find(({ sends }) => sends);
      if (!first.sends && sending) dropped.add(sending.head);
      if (!first.sends && !sending) dropped.add(first.head).add(index);
    }
  }
  return steps.filter((_, index) => !dropped.has(index));
}

function markSending(branches: Array<{ sends: boolean }>): void {
  const last = branches.at(-1);
  if (last) last.sends = true;
}

const branches: Partial<Record<Step["fragment"], string>> = { par: "and", critical: "option" };

function stepRows(step: Step, number: number, { from, to }: Ends): string[] {
  switch (step.kind) {
    case "message": {
      const dash =
        step.line === "dashed"
          ? `${labelLines(step.text).length === 0 ? ":" : ""} { style.stroke-dash: 3 }`
          : "";
      const arrow = step.head === "none" ? "--" : "->";
      return [
        `${from(step.from)} ${arrow} ${to(step.to)}${labelLines(step.text).length === 0 ? "" : `: ${plain(step.text)}`}${dash}`,
      ];
    }
    case "note":
      return [`${from(step.from)}.note${number}: ${d2String(step.text)}`];
    case "open":
      return [`part${number}: ${d2String(`${step.fragment} ${step.text}`)} {`];
    case "else":
      return ["}", `part${number}: ${d2String(`${branches[step.fragment] ?? "else"} ${step.text}`)} {`];
    case "close":
      return ["}"];
  }
}
