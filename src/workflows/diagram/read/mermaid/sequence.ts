import { z } from "zod";
import { emptyGraph, newGroup, newNode, newStep } from "../../newParts.js";
import type { Graph, Step } from "../../schema.js";
import { decoded, entries, part, type Source } from "./common.js";

const Actor = z.object({
  name: z.string(),
  description: z.string().default(""),
  type: z.string().default(""),
});
const Message = z.object({
  from: z.string().optional(),
  to: z.string().optional(),
  message: z.union([z.string(), z.object({}).transform(() => "")]).default(""),
  type: z.number(),
  activate: z.boolean().optional(),
  placement: z.number().optional(),
});
const Box = z.object({
  name: z.string().optional().nullable(),
  fill: z.string().optional(),
  actorKeys: z.array(z.string()),
});

/** Mermaid's numbers of what is sent. */
const arrows: Record<number, Pick<Step, "line" | "head">> = {
  0: { line: "solid", head: "arrow" },
  1: { line: "dashed", head: "arrow" },
  3: { line: "solid", head: "cross" },
  4: { line: "dashed", head: "cross" },
  5: { line: "solid", head: "none" },
  6: { line: "dashed", head: "none" },
  24: { line: "solid", head: "open" },
  25: { line: "dashed", head: "open" },
  33: { line: "solid", head: "arrow" },
  34: { line: "dashed", head: "arrow" },
};
const opening: Record<number, Step["fragment"]> = {
  10: "loop",
  12: "alt",
  15: "opt",
  19: "par",
  32: "par",
  27: "critical",
  30: "break",
};
const branching: Record<number, Step["fragment"]> = { 13: "alt", 20: "par", 28: "critical" };
const closing = new Set([11, 14, 16, 21, 29, 31]);
const [note, activeStart, activeEnd, rectStart, rectEnd, numbering] = [2, 17, 18, 22, 23, 26];

/** Participants, and what happens between them in the order of time. */
export function sequence(source: Source): Graph {
  const graph = emptyGraph("sequence");
  graph.direction = "right";
  const actors = part(source, "getActors", entries(Actor));
  const boxes = part(source, "getBoxes", z.array(Box));
  const boxOf = (id: string) => boxes.findIndex(({ actorKeys }) => actorKeys.includes(id));
  for (const [index, { name, fill }] of boxes.entries()) {
    graph.groups.push(newGroup(`box${index + 1}`, decoded(name)));
    if (fill && !/^(transparent|rgba?\([^)]*\))$/i.test(fill) && fill !== "none")
      graph.remarks.push({ about: `box${index + 1}`, feature: "colour", value: fill.toLowerCase() });
  }
  for (const [id, { description, type }] of actors) {
    const box = boxOf(id);
    if (!["actor", "participant", ""].includes(type))
      source.warnings.push({ message: `“${description}” is drawn as ${type}; it is read as a participant.` });
    graph.nodes.push(
      newNode(id, decoded(description), {
        shape: type === "actor" ? "actor" : "rectangle",
        group: box < 0 ? "" : `box${box + 1}`,
      }),
    );
  }
  const created = new Map(part(source, "getCreatedActors", entries(z.number())));
  const destroyed = new Map(part(source, "getDestroyedActors", entries(z.number())));
  const remark = (feature: "activate" | "deactivate" | "create" | "destroy") =>
    graph.remarks.push({ about: `s${graph.steps.length}`, feature, value: "yes" });
  let [loose, colours] = [0, 0];
  const messages = part(source, "getMessages", z.array(Message));
  for (const [index, { from = "", to = "", message, type, placement }] of messages.entries()) {
    const text = decoded(message);
    const arrow = arrows[type];
    const [fragment, branch] = [opening[type], branching[type]];
    if (arrow) {
      graph.steps.push(newStep("message", { from, to, text, ...arrow }));
      if (type === 33 || type === 34)
        source.warnings.push({ message: `The message “${text}” goes both ways: one of them is left out.` });
      if (created.get(to) === index) remark("create");
      if (destroyed.get(to) === index) remark("destroy");
    } else if (type === note) {
      graph.steps.push(newStep("note", { from, to: to === from ? "" : to, text }));
      if (placement === 0 || placement === 1)
        graph.remarks.push({
          about: `s${graph.steps.length}`,
          feature: "side",
          value: placement === 0 ? "left" : "right",
        });
    } else if (fragment) graph.steps.push(newStep("open", { text, fragment }));
    else if (branch) graph.steps.push(newStep("else", { text, fragment: branch }));
    else if (closing.has(type)) graph.steps.push(newStep("close"));
    else if (type === numbering) {
      if (!graph.remarks.some(({ feature }) => feature === "numbered"))
        graph.remarks.push({ about: "", feature: "numbered", value: "yes" });
    } else if (type === activeStart || type === activeEnd) {
      const last = graph.steps.at(-1);
      const isOfLast = last?.kind === "message" && (type === activeStart ? last.to : last.from) === from;
      if (isOfLast) remark(type === activeStart ? "activate" : "deactivate");
      else loose++;
    } else if (type === rectStart || type === rectEnd) colours++;
    else source.warnings.push({ message: `What Mermaid calls ${type} is not read: “${text}”.` });
  }
  if (loose > 0)
    source.warnings.push({
      message: `${loose} ends of activation bars stand at no message and are left out.`,
    });
  if (colours > 0) source.warnings.push({ message: "Coloured areas behind messages are left out." });
  return graph;
}
