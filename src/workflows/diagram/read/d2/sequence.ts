import { emptyGraph, newNode, newStep } from "../../newParts.js";
import type { Graph, Remark, Step } from "../../schema.js";
import { colourValue } from "../colours.js";
import type { Warning } from "../reading.js";
import type { Statement } from "./statements.js";
import { own } from "./words.js";

const fragments: ReadonlyArray<Step["fragment"]> = ["loop", "alt", "opt", "par", "critical", "break"];

/** Participants, and what happens between them in the order of the text. */
export function sequenceOf(statements: readonly Statement[], warnings: Warning[]): Graph {
  const graph = emptyGraph("sequence");
  graph.direction = "right";
  const participant = (id: string): string => {
    if (!graph.nodes.some((node) => node.id === id)) graph.nodes.push(newNode(id, id));
    return id;
  };
  /** Where each message begins and ends: at a lifeline, or at a bar on it. */
  const paths: string[][] = [];
  let open: Step["fragment"] | undefined;
  const walk = (all: readonly Statement[]): void => {
    for (const [position, statement] of all.entries()) {
      const { targets, operators, value, block, line } = statement;
      const [path = []] = targets;
      const [first = "", second] = path;
      if (operators.length > 0) {
        for (const [index, operator] of operators.entries()) {
          const ends = [targets[index] ?? [], targets[index + 1] ?? []];
          if (operator === "<-") ends.reverse();
          const [from = "", to = ""] = ends.map(([first = ""]) => participant(first));
          paths.push(ends.map((end) => end.join(".")));
          const isDashed = block.some((one) => one.targets[0]?.join(".") === "style.stroke-dash");
          graph.steps.push(
            newStep("message", {
              from,
              to,
              text: value,
              line: isDashed ? "dashed" : "solid",
              head: operator === "--" ? "none" : "arrow",
            }),
          );
        }
      } else if (first === "shape" || first === "direction") continue;
      else if (second !== undefined && !own.has(second)) {
        if (/^remark\d+$/.test(second)) graph.notes.push({ text: value, about: participant(first) });
        else graph.steps.push(newStep("note", { from: participant(first), text: value }));
      } else if (second !== undefined || own.has(first))
        warnings.push({ message: `“${path.join(".")}” is left out.`, line });
      else if (block.some((one) => one.operators.length > 0 || one.block.length > 0)) {
        const [word = "", ...rest] = value.split(" ");
        const fragment = fragments.find((one) => one === word);
        const isBranch = open !== undefined && ["else", "and", "option"].includes(word) && position > 0;
        if (isBranch) {
          if (graph.steps.at(-1)?.kind === "close") graph.steps.pop();
          graph.steps.push(newStep("else", { text: rest.join(" "), fragment: open ?? "alt" }));
        } else
          graph.steps.push(
            newStep("open", { fragment: fragment ?? "opt", text: fragment ? rest.join(" ") : value }),
          );
        const before = open;
        open = undefined;
        walk(block);
        open = isBranch ? before : (fragment ?? "opt");
        graph.steps.push(newStep("close"));
      } else {
        const own = participant(first);
        const node = graph.nodes.find(({ id }) => id === own);
        if (!node) continue;
        if (statement.hasValue) node.label = value;
        if (block.some((one) => one.targets[0]?.[0] === "shape" && one.value === "person"))
          node.shape = "actor";
        const fill = block.find((one) => one.targets[0]?.join(".") === "style.fill")?.value ?? "";
        const colour = colourValue(fill);
        if (colour !== undefined) graph.remarks.push({ about: first, feature: "colour", value: colour });
      }
    }
  };
  walk(statements);
  graph.remarks.push(...barsOf(graph, paths));
  return graph;
}

/** A bar begins with the first message to it, and ends with the last one from it. */
function barsOf({ steps }: Graph, paths: readonly string[][]): Remark[] {
  const messages = steps.flatMap(({ kind }, index) => (kind === "message" ? [`s${index + 1}`] : []));
  const bars = new Set(paths.flat().filter((path) => path.includes(".")));
  return [...bars].flatMap((bar): Remark[] => {
    const isAt = (path = "") => path === bar || path.startsWith(`${bar}.`);
    const first = paths.findIndex((ends) => ends.some(isAt));
    const last = paths.findLastIndex((ends) => ends.some(isAt));
    const [about, until] = [messages[first], messages[last]];
    return [
      ...(about && paths[first]?.[1] === bar ? [{ about, feature: "activate" as const, value: "yes" }] : []),
      ...(until && last > first && paths[last]?.[0] === bar
        ? [{ about: until, feature: "deactivate" as const, value: "yes" }]
        : []),
    ];
  });
}
