import { emptyGraph, newGroup, newNode, newStep } from "../../newParts.js";
import type { Graph, Step } from "../../schema.js";
import { colourValue } from "../colours.js";
import type { Warning } from "../reading.js";
import { connectionIn, declaredAs, type Line, unquoted, worded } from "./lines.js";

const declared =
  /^(create\s+)?(participant|actor|boundary|control|entity|database|collections|queue)\s+("[^"]*"|\S+)(?:\s+as\s+("[^"]*"|\S+))?(.*)$/i;
const fragments: Record<string, Step["fragment"]> = {
  loop: "loop",
  alt: "alt",
  opt: "opt",
  par: "par",
  critical: "critical",
  break: "break",
  group: "opt",
};

/** Participants, and what happens between them in the order of time. */
export function sequence(lines: readonly Line[], warnings: Warning[]): Graph {
  const graph = emptyGraph("sequence");
  graph.direction = "right";
  let box = "";
  let created: string | undefined;
  let waiting: { step: Step; side: "left" | "right" | undefined; words: string[] } | undefined;
  const open: Array<Step["fragment"]> = [];
  const remark = (feature: "activate" | "deactivate" | "create" | "destroy") =>
    graph.remarks.push({ about: `s${graph.steps.length}`, feature, value: "yes" });
  const participant = (text: string): string => {
    const id = text.startsWith('"') ? unquoted(text) : text;
    if (!graph.nodes.some((node) => node.id === id)) graph.nodes.push(newNode(id, id, { group: box }));
    return id;
  };
  const note = (step: Step, side: "left" | "right" | undefined): void => {
    graph.steps.push(step);
    if (side) graph.remarks.push({ about: `s${graph.steps.length}`, feature: "side", value: side });
  };
  for (const { text, number } of lines) {
    const lost = (message: string) => warnings.push({ message, line: number });
    if (waiting) {
      if (/^end ?note$/i.test(text)) {
        note({ ...waiting.step, text: worded(waiting.words.join("\n")) }, waiting.side);
        waiting = undefined;
      } else waiting.words.push(text);
      continue;
    }
    const declaration = declared.exec(text);
    const noteHead = /^note\s+(?:(left|right)(?:\s+of)?|over)\s*([^:]*?)\s*(?::\s*(.*))?$/i.exec(text);
    const fragment = /^(loop|alt|opt|par|critical|break|group)\b\s*(.*)$/i.exec(text);
    const boxed = /^box\b\s*("[^"]*")?\s*(#\w+)?$/i.exec(text);
    const bar = /^(activate|deactivate|destroy)\s+(\S+)/i.exec(text);
    if (/^title\b/i.test(text)) graph.title = worded(text.slice(5));
    else if (/^autonumber\b/i.test(text))
      graph.remarks.push({ about: "", feature: "numbered", value: "yes" });
    else if (declaration) {
      const [, isNew, kind = "", first = "", second, rest = ""] = declaration;
      const [id, label] = declaredAs(first, second);
      const known = graph.nodes.find((node) => node.id === id);
      const shape =
        kind.toLowerCase() === "actor"
          ? "actor"
          : kind.toLowerCase() === "database"
            ? "cylinder"
            : "rectangle";
      if (known) Object.assign(known, second === undefined ? { shape } : { label, shape });
      else graph.nodes.push(newNode(id, label, { shape, group: box }));
      if (!["participant", "actor", "database"].includes(kind.toLowerCase()))
        lost(`That “${label}” is a ${kind} is left out.`);
      const colour = colourValue(/#(\w+)/.exec(rest)?.[0]?.replace(/^#(?![0-9a-f]{3,6}$)/i, "") ?? "");
      if (colour) graph.remarks.push({ about: id, feature: "colour", value: colour });
      if (isNew) created = id;
    } else if (/^create\s+\S+$/i.test(text)) created = participant(text.slice(7).trim());
    else if (boxed) {
      box = `box${graph.groups.length + 1}`;
      graph.groups.push(newGroup(box, unquoted(boxed[1] ?? "")));
    } else if (/^end ?box$/i.test(text)) box = "";
    else if (noteHead) {
      const [, way, about = "", words] = noteHead;
      const last = graph.steps.at(-1);
      const [first, second = ""] =
        about === "" ? [way?.toLowerCase() === "left" ? last?.from : last?.to] : about.split(/\s*,\s*/);
      const side = way?.toLowerCase() === "left" ? "left" : way ? "right" : undefined;
      const step = newStep("note", {
        from: participant((first ?? "").replace(/\s+#\w+$/, "")),
        to: second === "" ? "" : participant(second.replace(/\s+#\w+$/, "")),
        text: worded(words ?? ""),
      });
      if (words === undefined) waiting = { step, side, words: [] };
      else note(step, side);
    } else if (fragment) {
      const name = fragments[(fragment[1] ?? "").toLowerCase()] ?? "opt";
      open.push(name);
      graph.steps.push(newStep("open", { fragment: name, text: worded(fragment[2] ?? "") }));
      if (/^group/i.test(text)) lost("A group of messages is read as optional.");
    } else if (/^else\b/i.test(text))
      graph.steps.push(newStep("else", { fragment: open.at(-1) ?? "alt", text: worded(text.slice(4)) }));
    else if (/^end$/i.test(text)) {
      if (open.pop()) graph.steps.push(newStep("close"));
    } else if (bar) {
      const [, word = "", name = ""] = bar;
      const last = graph.steps.at(-1);
      const isOfLast =
        last?.kind === "message" &&
        (word.toLowerCase() === "deactivate" ? last.from === name : last.to === name);
      if (isOfLast)
        remark(
          word.toLowerCase() === "activate"
            ? "activate"
            : word.toLowerCase() === "destroy"
              ? "destroy"
              : "deactivate",
        );
      else lost(`“${text}” stands at no message and is left out.`);
    } else {
      const found = connectionIn(text.replace(/\s+(\+\+|--|\*\*|!!)(\s+#\w+)?(?=\s*(:|$))/, ""));
      const step = found && messageOf(found.arrow);
      if (!found || !step) {
        lost(`This is not read: ${text.slice(0, 80)}`);
        continue;
      }
      const ends = [participant(found.from), participant(found.to)];
      const [from = "", to = ""] = step.isBackwards ? ends.reverse() : ends;
      graph.steps.push(
        newStep("message", { from, to, text: worded(found.label), line: step.line, head: step.head }),
      );
      if (created === to) remark("create");
      created = undefined;
      const sign = /\s(\+\+|--|\*\*|!!)(?:\s+#\w+)?\s*(?::|$)/.exec(text)?.[1];
      if (sign)
        remark(
          ({ "++": "activate", "--": "deactivate", "**": "create", "!!": "destroy" } as const)[sign] ??
            "activate",
        );
    }
  }
  return graph;
}

/** What an arrow between participants says; undefined where it is none. */
function messageOf(
  text: string,
): { line: Step["line"]; head: Step["head"]; isBackwards: boolean } | undefined {
  const bare = text.replace(/\[[^\]]*\]/g, "");
  const stroke = /-+/.exec(bare)?.[0];
  if (stroke === undefined) return undefined;
  const isBackwards = /^[<x\\/o]/.test(bare) && !/[>x\\/o]$/.test(bare);
  const tip = isBackwards ? bare.slice(0, bare.indexOf("-")) : bare.slice(bare.lastIndexOf("-") + 1);
  const head: Step["head"] = tip.includes("x")
    ? "cross"
    : /^(>>|<<)|[\\/]/.test(tip)
      ? "open"
      : tip === ""
        ? "none"
        : "arrow";
  return { line: stroke.length > 1 ? "dashed" : "solid", head, isBackwards };
}
