import type { Edge, Graph, Group, Node } from "../schema.js";
import { isAroundIn, membersByGroup } from "../structure.js";
import { type C4Element, c4ElementsOf, spokenOf, withTitles } from "./c4Elements.js";
import type { EmitOptions, Emitted } from "./emitted.js";
import { labelLines, withoutWraps } from "./labels.js";
import { idsOf, indent, type Names } from "./names.js";
import { coloursOf, warnOfRemarks } from "./remarks.js";
import { dslString, plain } from "./structurizrText.js";
import { type FrameKind, styleRows, viewRows } from "./structurizrViews.js";

/** The words that the language keeps for itself. */
const reserved = new Set(
  (
    "workspace model views configuration group person softwaresystem container component deploymentenvironment " +
    "deploymentnode infrastructurenode softwaresysteminstance containerinstance element this styles relationship " +
    "properties perspectives tags url description technology include exclude autolayout default title animation " +
    "branding theme themes terminology users extends name archetypes systemlandscape systemcontext filtered dynamic " +
    "deployment custom image constructor"
  ).split(" "),
);

/**
 * Writes the DSL of Structurizr: people, systems, containers and components, and who uses what. Ids are made of letters
 * and digits alone; in strings, what would end one, or stand for a variable of the machine, is replaced.
 *
 * @see https://docs.structurizr.com/dsl/language
 */
export function emitStructurizr(answer: Graph, { earlierNames, keepsBreaks }: EmitOptions = {}): Emitted {
  const graph = withoutWraps(answer, keepsBreaks);
  const warnings: string[] = [];
  warnOfRemarks(graph, "Structurizr", ["technology", "description", "external", "colour"], warnings);
  if (graph.notes.length > 0)
    warnings.push(`A model has no notes: those of the picture (${graph.notes.length}) are left out.`);
  const read = c4ElementsOf(graph);
  const name = idsOf(withTitles(graph), { reserved, style: "camel", earlier: earlierNames });
  const model = new Model(graph, read, name, warnings);
  const title = labelLines(graph.title).length === 0 ? "" : ` ${dslString(graph.title)}`;
  const rows = [
    `workspace${title} {`,
    ...indent([
      "model {",
      ...indent([...model.properties(), ...model.elements(), ...model.relations()]),
      "}",
      "views {",
      ...indent([...viewRows(graph, model.frames, name), ...styleRows(graph, [...model.colours.values()])]),
      "}",
    ]),
    "}",
  ];
  const text = rows.join("\n");
  if (model.isChanged)
    warnings.push(
      "Structurizr reads backslashes and ${…} in a text as signs of its own: others stand in their place.",
    );
  return { text: `${text}\n`, warnings };
}

const keywords: Record<C4Element["kind"], string> = {
  Person: "person",
  System: "softwareSystem",
  Container: "container",
  Component: "component",
};

class Model {
  private readonly members: ReturnType<typeof membersByGroup>;
  readonly frames = new Map<string, FrameKind>();
  /** What each node became, which is a system where there is none around a container. */
  private readonly kinds = new Map<string, C4Element["kind"]>();
  private readonly taken = new Set<string>();
  isChanged = false;

  constructor(
    private readonly graph: Graph,
    private readonly read: (node: Node) => C4Element,
    private readonly name: Names,
    private readonly warnings: string[],
  ) {
    this.members = membersByGroup(graph);
    this.fills = coloursOf(graph, []);
    const frames = graph.groups.filter(({ id }) => this.fills.has(id)).length;
    if (frames > 0)
      warnings.push(`Boundaries have no colours in Structurizr: those of ${frames} are left out.`);
    this.assign("", undefined);
    const all = graph.nodes.map((node) => ({ node, read: this.read(node), kind: this.kinds.get(node.id) }));
    const unnamed = all.filter(({ read }) => !read.isNamed).length;
    if (unnamed > 0)
      warnings.push(
        `The picture does not say what ${unnamed} of its boxes are: they became software systems.`,
      );
    const raised = all.filter(({ read, kind }) => kind !== read.kind).length;
    if (raised > 0)
      warnings.push(
        `A container stands in a software system, and a component in a container: ${raised} without one around became software systems.`,
      );
    const texts = [
      graph.title,
      ...[...graph.nodes, ...graph.groups, ...graph.edges].map(({ label }) => label),
      ...graph.nodes.flatMap(({ details }) => details),
      ...graph.remarks.map(({ value }) => value),
    ];
    this.isChanged = texts.some((text) => /\\|\$\{/.test(text));
  }

  /** Decides what frames and the boxes in them are, from the outside in. */
  private assign(group: string, around: FrameKind | undefined): void {
    const { nodes = [], groups = [] } = this.members.get(group) ?? {};
    for (const node of nodes) {
      const { kind } = this.read(node);
      const isHeld =
        kind === "Container"
          ? around === "softwareSystem"
          : kind === "Component"
            ? around === "container"
            : around === undefined || around === "group";
      this.kinds.set(node.id, isHeld ? kind : "System");
    }
    for (const inner of groups) {
      const kind = this.frameKind(inner.id, around);
      this.frames.set(inner.id, kind);
      this.assign(inner.id, kind);
    }
  }

  /** A frame around containers alone is a system, one around components alone a container. */
  private frameKind(id: string, around: FrameKind | undefined): FrameKind {
    const { nodes = [], groups = [] } = this.members.get(id) ?? {};
    const holds = (kind: C4Element["kind"]) =>
      nodes.length > 0 && nodes.every((node) => this.read(node).kind === kind);
    const isOutside = around === undefined || around === "group";
    if (isOutside && holds("Container") && groups.every((inner) => this.isContainer(inner)))
      return "softwareSystem";
    if (around === "softwareSystem" && groups.length === 0 && holds("Component")) return "container";
    return "group";
  }

  private isContainer({ id }: Group): boolean {
    const { nodes = [], groups = [] } = this.members.get(id) ?? {};
    return (
      groups.length === 0 && nodes.length > 0 && nodes.every((node) => this.read(node).kind === "Component")
    );
  }

  /** Groups in groups need a sign between their names. */
  properties(): string[] {
    const isNested = this.graph.groups.some(
      ({ id, parent }) => this.frames.get(id) === "group" && this.frames.get(parent) === "group",
    );
    return isNested ? ["properties {", '  "structurizr.groupSeparator" "|"', "}"] : [];
  }

  elements(group = ""): string[] {
    const { nodes = [], groups = [] } = this.members.get(group) ?? {};
    return [
      ...nodes.map((node) => this.element(node)),
      ...groups.flatMap(({ id, label }) => {
        const kind = this.frames.get(id) ?? "group";
        const inside = this.elements(id);
        // A group's name would be cut at the sign between groups.
        const head =
          kind === "group"
            ? `group ${dslString(label.replaceAll("|", "/"))}`
            : `${this.name(id)} = ${kind} ${dslString(this.unique(label))}`;
        return inside.length === 0 ? [`${head} {`, "}"] : [`${head} {`, ...indent(inside), "}"];
      }),
    ];
  }

  /** `orders = container "Orders" "All that was ordered" "PostgreSQL" "Database"`. */
  private element(node: Node): string {
    const { title, technology, description, isExternal, kind: drawn } = this.read(node);
    const kind = this.kinds.get(node.id) ?? "System";
    const hasTechnology = kind === "Container" || kind === "Component";
    // A system has no technology of its own.
    const said =
      hasTechnology || technology === "" ? description : [technology, description].filter(Boolean).join(": ");
    const tags = [
      ...(node.shape === "cylinder" ? ["Database"] : []),
      ...(node.shape === "parallelogram" ? ["Queue"] : []),
      ...(isExternal ? ["External"] : []),
      ...this.colourTag(node.id),
      ...(drawn === kind ? [] : [drawn === "Component" ? "Drawn as component" : "Drawn as container"]),
    ];
    const rest = [said, ...(hasTechnology ? [technology] : []), tags.join(",")];
    while (rest.at(-1) === "") rest.pop();
    const texts = rest.map((text) => (text === "" ? '""' : dslString(text)));
    return [`${this.name(node.id)} = ${keywords[kind]} ${dslString(this.unique(title))}`, ...texts].join(" ");
  }

  /** Two elements cannot have the same name, and are told apart without case, dots and slashes. */
  private unique(label: string): string {
    const wanted = plain(label).trim();
    const key = (name: string) => name.toLowerCase().replace(/[./]/g, "");
    let name = wanted;
    for (let number = 2; this.taken.has(key(name)); number++) name = `${wanted} (${number})`.trim();
    if (name !== wanted && wanted !== "")
      this.warnings.push(`A second “${wanted}” is called “${name}”: names are unique.`);
    this.taken.add(key(name));
    return name;
  }

  private readonly fills: ReturnType<typeof coloursOf>;
  readonly colours = new Map<string, { fill: string; tag: string }>();
  private colourTag(id: string): string[] {
    const colour = this.fills.get(id);
    if (!colour) return [];
    const tag = `Colour ${colour.name ?? colour.fill.slice(1)}`;
    this.colours.set(tag, { fill: colour.fill, tag });
    return [tag];
  }

  /** How many systems and containers lie around something. */
  private depthOf(id: string): number {
    const { nodes, groups } = this.graph;
    const around =
      nodes.find((node) => node.id === id)?.group ?? groups.find((group) => group.id === id)?.parent ?? "";
    if (around === "") return 0;
    return this.depthOf(around) + (this.frames.get(around) === "group" ? 0 : 1);
  }

  /**
   * `web -> orders "Reads from" "SQL"`, each once. What joins two containers joins their systems too, where nothing
   * does yet: so what is drawn between systems comes first, or it would be there already, and be refused.
   */
  relations(): string[] {
    const isAround = isAroundIn(this.graph);
    const isElement = (id: string) => this.frames.get(id) !== "group";
    const holds = ({ from, to }: Edge) => isAround(from, to) || isAround(to, from);
    const kept = this.graph.edges.filter(
      (edge) => isElement(edge.from) && isElement(edge.to) && (!holds(edge) || edge.from === edge.to),
    );
    this.warnOfLines(kept);
    const depth = new Map(kept.map((edge) => [edge, this.depthOf(edge.from) + this.depthOf(edge.to)]));
    const ordered = kept.toSorted((one, other) => (depth.get(one) ?? 0) - (depth.get(other) ?? 0));
    const rows = ordered.flatMap((edge) => {
      const isBackwards = edge.startHead !== "none" && edge.endHead === "none";
      const ends = isBackwards ? [edge.to, edge.from] : [edge.from, edge.to];
      const ways =
        edge.startHead !== "none" && edge.endHead !== "none" ? [ends, [...ends].reverse()] : [ends];
      const { words, technology } = spokenOf(labelLines(edge.label).join(" "));
      const texts = [
        words,
        technology,
        edge.line === "dashed" ? "Dashed" : edge.line === "thick" ? "Thick" : "",
      ];
      while (texts.at(-1) === "") texts.pop();
      const said = texts.map((text) => ` ${text === "" ? '""' : dslString(text)}`).join("");
      return ways.map(([from = "", to = ""]) => ({
        key: JSON.stringify([from, to, plain(words)]),
        row: `${this.name(from)} -> ${this.name(to)}${said}`,
      }));
    });
    const first = rows.filter(({ key }, index) => rows.findIndex((row) => row.key === key) === index);
    if (first.length < rows.length)
      this.warnings.push(
        `Structurizr keeps one relationship with the same words: ${rows.length - first.length} drawn again are left out.`,
      );
    return first.map(({ row }) => row);
  }

  private warnOfLines(kept: readonly Edge[]): void {
    const left = this.graph.edges.length - kept.length;
    if (left > 0)
      this.warnings.push(
        `A relationship cannot end at a group, or join an element with what lies in it: ${left} ${left === 1 ? "is" : "are"} left out.`,
      );
    const headless = kept.filter(
      ({ startHead, endHead }) => startHead === "none" && endHead === "none",
    ).length;
    if (headless > 0)
      this.warnings.push(`A relationship has an arrowhead: ${headless} drawn without one have it.`);
    const counted = kept.filter(
      ({ startCount, endCount }) => startCount !== "none" || endCount !== "none",
    ).length;
    if (counted > 0)
      this.warnings.push(`Relationships have no multiplicities: those of ${counted} are left out.`);
  }
}
