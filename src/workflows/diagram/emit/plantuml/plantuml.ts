import type { Graph } from "../../schema.js";
import { forestOf } from "../../structure.js";
import type { EmitOptions, Emitted } from "../emitted.js";
import { withoutWraps } from "../labels.js";
import { idsOf, namesById } from "../names.js";
import { coloursOf, warnOfRemarks } from "../remarks.js";
import { boxes } from "./boxes.js";
import { line } from "./labels.js";
import { sequence } from "./sequence.js";
import { state } from "./state.js";

/** The words that one of PlantUML's diagrams keeps for itself at the start of a line. */
const reserved = new Set(
  (
    "abstract activate actor agent allow_mixing alt annotation archimate artifact as autonumber boundary box break " +
    "caption card circle class cloud collections component control create critical database deactivate destroy " +
    "diamond else elseif end endif entity enum enumeration exception file folder footer fork frame group header hexagon " +
    "hide if interface is label left legend loop mainframe map metaclass namespace newpage node note object of " +
    "on opt over package page par participant partition person process protocol queue rectangle ref " +
    "remove repeat return right rotate scale set show skin skinparam sprite stack start state static stereotype " +
    "stop storage struct style then title together top bottom usecase while constructor"
  ).split(" "),
);

/** Those that a class may be called by: they begin elements of other diagrams. */
const classNames = new Set(
  (
    "actor agent artifact boundary card circle cloud collections component control database file folder frame hexagon " +
    "node person process queue rectangle stack storage usecase"
  ).split(" "),
);
const ofClasses: ReadonlySet<string> = new Set([...reserved].filter((word) => !classNames.has(word)));

/**
 * Writes PlantUML, of any version since 2020. Ids are made of letters and digits alone and signs that could be syntax
 * are encoded, so that no text of the picture can become syntax, a link, an include or a call of the preprocessor.
 *
 * @see https://plantuml.com/guide
 */
export function emitPlantUml(answer: Graph, { earlierNames, keepsBreaks }: EmitOptions = {}): Emitted {
  const graph = withoutWraps(answer, keepsBreaks);
  const warnings: string[] = [];
  if (graph.kind === "mindmap") return { text: written("mindmap", mindmap(graph, warnings)), warnings };
  const isBoxes = graph.kind === "flowchart" || graph.kind === "architecture";
  const name = idsOf(graph, {
    reserved: graph.kind === "class" ? ofClasses : reserved,
    style: isBoxes ? "camel" : "Pascal",
    earlier: earlierNames,
  });
  const rows =
    graph.kind === "sequence"
      ? sequence(graph, name, warnings)
      : graph.kind === "state"
        ? state(graph, name, warnings)
        : boxes(graph, name, warnings);
  // It wants a Latin letter or a digit in a title; an encoded character has one.
  const lead = /[A-Za-z0-9]/.test(graph.title) ? "" : "<U+200B>";
  const title = graph.title.trim() === "" ? [] : [`title ${lead}${line(graph.title)}`];
  return { text: written("uml", [...title, ...rows]), warnings, names: namesById(graph, name) };
}

const written = (kind: "uml" | "mindmap", rows: string[]): string =>
  `@start${kind}\n${rows.join("\n")}\n@end${kind}\n`;

function mindmap(graph: Graph, warnings: string[]): string[] {
  warnOfRemarks(graph, "A mind map in PlantUML", ["colour"], warnings);
  const colours = coloursOf(graph, warnings);
  const { roots, children, left } = forestOf(graph);
  if (left.length > 0) warnings.push(`A mind map is a tree: ${left.length} further lines are left out.`);
  const worded = graph.edges.filter(({ label }) => label.trim() !== "").length;
  if (worded > 0) warnings.push(`The branches of a mind map have no words: those of ${worded} are left out.`);
  if (graph.groups.length > 0) warnings.push("Mind maps have no groups: those of the picture are left out.");
  if (graph.notes.length > 0) warnings.push("Mind maps have no notes: those of the picture are left out.");
  const fill = (id: string): string => {
    const colour = colours.get(id);
    return colour ? `[${colour.fill}]` : "";
  };
  const branch = (node: Graph["nodes"][number], depth: number): string[] => [
    `${"*".repeat(depth)}${fill(node.id)} ${line(node.label)}`,
    ...(children.get(node.id) ?? []).flatMap((child) => branch(child, depth + 1)),
  ];
  const [root] = roots;
  return roots.length === 1 && root
    ? branch(root, 1)
    : [`* ${line(graph.title)}`, ...roots.flatMap((one) => branch(one, 2))];
}
