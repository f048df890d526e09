import type { Graph, Step } from "../schema.js";
import { d2String, plain } from "./d2Text.js";
import { labelLines } from "./labels.js";
import type { Names } from "./names.js";
import { warnOfRemarks } from "./remarks.js";

/**
 * Participants, and what happens between them.
 *
 * @param warnings receives what D2 cannot hold, one sentence each
 */
export function sequenceRows(graph: Graph, name: Names, warnings: string[]): string[] {
  warnOfRemarks(graph, "A sequence in D2", [], warnings);
  if (graph.groups.length > 0) warnings.push("A sequence in D2 has no boxes around participants.");
  if (graph.edges.length > 0)
    warnings.push(`${graph.edges.length} lines outside the order of messages are left out.`);
  const isParticipant = (about: string) => graph.nodes.some(({ id }) => id === about);
  const loose = graph.notes.filter(({ about }) => !isParticipant(about)).length;
  if (loose > 0) warnings.push(`${loose} notes that are about no participant are left out.`);
  const kept = withoutEmptyFragments(graph.steps);
  if (kept.length < graph.steps.length)
    warnings.push("Fragments and branches without a message are left out.");
  let depth = 0;
  let count = 0;
  const steps = kept.flatMap((step) => {
    count++;
    if (step.kind === "close" || step.kind === "else") depth--;
    const rows = stepRows(step, count, name).map((row) => `${"  ".repeat(depth)}${row}`);
    if (step.kind === "open" || step.kind === "else") depth++;
    return rows;
  });
  return [
    "shape: sequence_diagram",
    ...graph.nodes.map(({ id, label, shape }) => {
      const said = plain(label) === name(id) ? "" : `: ${plain(label)}`;
      if (shape !== "actor") return `${name(id)}${said}`;
      return `${name(id)}${said === "" ? ":" : said} { shape: person }`;
    }),
    ...steps,
    ...graph.notes
      .filter(({ about }) => isParticipant(about))
      .map(({ text, about }, index) => `${name(about)}.remark${index + 1}: ${d2String(text)}`),
  ];
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

function stepRows(step: Step, number: number, name: Names): string[] {
  switch (step.kind) {
    case "message": {
      const dash =
        step.line === "dashed"
          ? `${labelLines(step.text).length === 0 ? ":" : ""} { style.stroke-dash: 3 }`
          : "";
      const arrow = step.head === "none" ? "--" : "->";
      return [
        `${name(step.from)} ${arrow} ${name(step.to)}${labelLines(step.text).length === 0 ? "" : `: ${plain(step.text)}`}${dash}`,
      ];
    }
    case "note":
      return [`${name(step.from)}.note${number}: ${d2String(step.text)}`];
    case "open":
      return [`part${number}: ${d2String(`${step.fragment} ${step.text}`)} {`];
    case "else":
      return ["}", `part${number}: ${d2String(`${branches[step.fragment] ?? "else"} ${step.text}`)} {`];
    case "close":
      return ["}"];
  }
}
