import type { Edge, Graph, Group, Node } from "../../schema.js";
import { holderIn, membersByGroup, remarksOf } from "../../structure.js";
import type { Emitted } from "../emitted.js";
import { labelLines } from "../labels.js";
import { warnOfRemarks } from "../remarks.js";
import { roleNamesOf } from "../roleNames.js";
import { Identifiers, isNamed } from "./identifiers.js";
import { keyOf, type Value, written } from "./objectText.js";

/**
 * Writes a state machine for XState, version 5: groups are states with states inside, the start's dot is what is
 * initial, and guards and actions are declared to be filled in.
 *
 * @see https://stately.ai/docs/setup
 */
export function emitXState(graph: Graph): Emitted {
  const warnings: string[] = [];
  const used: Used = { guards: new Set(), actions: new Set() };
  const machine = new Machine(graph, used, warnings).config();
  const declared = [
    ...block("guards", [...used.guards], "() => false"),
    ...block("actions", [...used.actions], "() => {}"),
  ];
  const rows = [
    `import { ${declared.length > 0 ? "setup" : "createMachine"} } from "xstate";`,
    "",
    ...(declared.length > 0
      ? ["export const machine = setup({", ...declared, `}).createMachine(${written(machine, 0)});`]
      : [`export const machine = createMachine(${written(machine, 0)});`]),
    "",
  ];
  return { text: rows.join("\n"), warnings };
}

interface Used {
  guards: Set<string>;
  actions: Set<string>;
}

const block = (name: string, keys: string[], body: string): string[] =>
  keys.length === 0 ? [] : [`  ${name}: {`, ...keys.map((key) => `    ${keyOf(key)}: ${body},`), "  },"];

const oneRow = (text: string): string => labelLines(text).join(" ");

class Machine {
  private readonly dots: Set<string>;
  private readonly keys = new Map<string, string>();
  private readonly names = new Identifiers("camel", "xstate");
  private readonly within: ReturnType<typeof holderIn>;
  private readonly remark: ReturnType<typeof remarksOf>;
  private readonly members: ReturnType<typeof membersByGroup>;
  private readonly edges: Edge[];
  /** Where transitions without words lead to, by where they begin. */
  private readonly silent: ReadonlyMap<string, string[]>;
  /** What is called by its id. */
  private readonly far: ReadonlySet<string>;
  /** The group around each node and group. */
  private readonly homes: ReadonlyMap<string, string>;

  constructor(
    private readonly graph: Graph,
    private readonly used: Used,
    private readonly warnings: string[],
  ) {
    this.within = holderIn(graph);
    this.remark = remarksOf(graph);
    this.members = membersByGroup(graph);
    this.homes = new Map([
      ...graph.nodes.map(({ id, group }) => [id, group] as const),
      ...graph.groups.map(({ id, parent }) => [id, parent] as const),
    ]);
    warnOfRemarks(graph, "XState", ["pseudostate", "region"], warnings);
    // A transition runs along its arrow.
    this.edges = graph.edges.map((edge) =>
      edge.startHead !== "none" && edge.endHead === "none" ? { ...edge, from: edge.to, to: edge.from } : edge,
    );
    this.dots = new Set(graph.nodes.filter((node) => isDot(node, this.edges)).map(({ id }) => id));
    const role = roleNamesOf(graph);
    for (const node of graph.nodes)
      if (!this.dots.has(node.id)) this.keys.set(node.id, this.names.give(node.label, role.node(node)));
    for (const group of graph.groups)
      this.keys.set(group.id, this.names.give(group.label, role.group(group)));
    const silent = this.edges.filter(({ label }) => oneRow(label) === "");
    this.silent = new Map(
      silent.map(({ from }) => [from, silent.filter((one) => one.from === from).map(({ to }) => to)]),
    );
    this.far = new Set(
      this.edges.flatMap(({ from, to }) =>
        !this.dots.has(from) && this.target(from, to).startsWith("#") ? [to] : [],
      ),
    );
  }

  config(): Value {
    const { graph, warnings } = this;
    const twoHeaded = graph.edges.filter(
      ({ startHead, endHead }) => startHead !== "none" && endHead !== "none",
    );
    if (twoHeaded.length > 0)
      warnings.push(
        `Transitions have one direction: the second arrowhead of ${twoHeaded.length} is left out.`,
      );
    const bars = graph.nodes.filter(({ id }) => /^(fork|join)$/.test(this.remark(id, "pseudostate") ?? ""));
    if (bars.length > 0)
      warnings.push(
        `XState has no fork and join bars: ${bars.length} became states that are passed through.`,
      );
    if (graph.notes.length > 0) warnings.push("Notes are left out: a machine has no place for them.");
    // The machine's own id must be none of its states'.
    return { id: this.names.give(graph.title, "machine"), ...described(graph.title, ""), ...this.inside("") };
  }

  /** A state beside another is called by its key, one inside of it with a dot before, and any other by its id. */
  private target(from: string, to: string): string {
    const [own, other] = [this.homes.get(from), this.homes.get(to)];
    return own === other ? this.key(to) : other === from ? `.${this.key(to)}` : `#${this.key(to)}`;
  }

  /** What is called from afar has an id. */
  private id(id: string): { id?: string } {
    return this.far.has(id) ? { id: this.key(id) } : {};
  }

  private key(id: string): string {
    return this.keys.get(id) ?? "";
  }

  /** The states in a group: regions run side by side, others begin with one. */
  private inside(group: string): Record<string, Value> {
    const { nodes = [], groups = [] } = this.members.get(group) ?? {};
    const states = new Map<string, Value>([
      ...nodes.filter(({ id }) => !this.dots.has(id)).map((node) => [node.id, this.state(node)] as const),
      ...groups.map((one) => [one.id, this.composite(one)] as const),
    ]);
    const [first] = states.keys();
    if (first === undefined) return {};
    const all = Object.fromEntries([...states].map(([id, state]) => [this.key(id), state]));
    const isParallel =
      groups.length > 1 &&
      groups.length === states.size &&
      groups.every(({ id }) => this.remark(id, "region"));
    if (isParallel) return { type: "parallel", states: all };
    if (groups.some(({ id }) => this.remark(id, "region")))
      this.warnings.push(
        "Regions run side by side where a state holds nothing else: here they became states.",
      );
    const begun = nodes
      .filter(({ id }) => this.dots.has(id))
      .flatMap(({ id }) => this.edges.filter(({ from }) => from === id));
    const initial = begun.map(({ to }) => this.within(group, to)).find((id) => id !== undefined) ?? first;
    return { initial: this.key(initial), states: all };
  }

  private composite({ id, label }: Group): Value {
    return {
      ...this.id(id),
      ...described(label, this.key(id)),
      ...this.transitions(id),
      ...this.inside(id),
    };
  }

  private state(node: Node): Value {
    const key = this.key(node.id);
    const kind = this.remark(node.id, "pseudostate");
    if (kind === "history" || kind === "deepHistory")
      return {
        ...this.id(node.id),
        ...described(node.label, key),
        type: "history",
        ...(kind === "history" ? {} : { history: "deep" }),
      };
    const leaves = this.edges.some(({ from }) => from === node.id);
    return {
      ...this.id(node.id),
      ...described(node.label, key),
      // A final state has nothing after it.
      ...(node.shape === "end" && !leaves ? { type: "final" } : {}),
      ...this.activities(node),
      ...this.transitions(node.id),
    };
  }

  /** UML's `entry / light on`, `exit / light off` and `do / blink`; other rows are kept as they are. */
  private activities({ details }: Node): Record<string, Value> {
    const rows = details.map(oneRow).filter((row) => row !== "");
    const read = rows.map((row) => /^(entry|exit|do)\s*[/:]\s*(\S.*)$/i.exec(row));
    const of = (word: string) =>
      read.flatMap((found) => (found?.[1]?.toLowerCase() === word ? [this.action(found[2] ?? "")] : []));
    // What is done while a state lasts begins with it.
    const entry = [...of("entry"), ...of("do")];
    // An entry that is done while the state lasts is none.
    const rest = rows.filter((_, index) => !read[index] || /^do\b/i.test(rows[index] ?? ""));
    return {
      ...(entry.length > 0 ? { entry } : {}),
      ...(of("exit").length > 0 ? { exit: of("exit") } : {}),
      ...(rest.length > 0 ? { meta: { details: rest } } : {}),
    };
  }

  /** Whether transitions without words lead from one state to another: a circle of them would never end. */
  private comesBack(from: string, to: string, seen = new Set<string>()): boolean {
    if (from === to) return true;
    if (seen.has(from)) return false;
    seen.add(from);
    return (this.silent.get(from) ?? []).some((next) => this.comesBack(next, to, seen));
  }

  private action(text: string): string {
    const name = text.trim();
    this.used.actions.add(name);
    return name;
  }

  /** UML's `event [guard] / action`; `after 5 s` is a delay, and what has no event happens by itself. */
  private transitions(id: string): Record<string, Value> {
    const edges = this.dots.has(id) ? [] : this.edges.filter(({ from }) => from === id);
    const on: Record<string, Value[]> = {};
    const after: Record<string, Value[]> = {};
    const always: Value[] = [];
    for (const { to, label } of edges) {
      const words = oneRow(label);
      const [, trigger = "", guard = "", action = ""] = /^([^[/]*)(?:\[([^\]]*)\])?\s*(?:\/(.*))?$/.exec(
        words,
      ) ?? ["", words];
      const event = new Identifiers("snake", "xstate").give(trigger, "next").toUpperCase();
      const delay = delayOf(trigger);
      const isAutomatic =
        words === "" ? !this.comesBack(to, id) : trigger.trim() === "" && guard.trim() !== "" && to !== id;
      if (guard.trim() !== "") this.used.guards.add(guard.trim());
      const target = this.target(id, to);
      const more: Record<string, Value> = {
        ...(guard.trim() === "" ? {} : { guard: guard.trim() }),
        ...(action.trim() === "" ? {} : { actions: [this.action(action)] }),
        // What else the words say is said already.
        ...(delay === undefined ? described(trigger, event) : {}),
      };
      const transition: Value = Object.keys(more).length === 0 ? target : { target, ...more };
      if (delay !== undefined) after[delay] = [...(after[delay] ?? []), transition];
      else if (isAutomatic) always.push(transition);
      else on[event] = [...(on[event] ?? []), transition];
    }
    // A transition alone needs no list.
    const whole = (one: Value): Value => (typeof one === "string" ? { target: one } : one);
    const single = (all: Value[]): Value => (all.length === 1 ? (all[0] ?? all) : all.map(whole));
    const listed = (all: Record<string, Value[]>): Value =>
      Object.fromEntries(Object.entries(all).map(([key, list]) => [key, single(list)]));
    return {
      ...(Object.keys(on).length > 0 ? { on: listed(on) } : {}),
      ...(Object.keys(after).length > 0 ? { after: listed(after) } : {}),
      ...(always.length > 0 ? { always: single(always) } : {}),
    };
  }
}

/** "after 5 s", "after 200 ms", "after 2 min" in milliseconds. */
function delayOf(trigger: string): string | undefined {
  const [, number, unit = ""] =
    /^\s*after\s*\(?\s*(\d{1,6})\s*(ms|milliseconds?|s|sec|seconds?|m|min|minutes?|h|hours?)\s*\)?\s*$/i.exec(
      trigger,
    ) ?? [];
  if (number === undefined) return undefined;
  const first = unit.toLowerCase();
  const factor = /^m(s|illi)/.test(first)
    ? 1
    : first.startsWith("s")
      ? 1000
      : first.startsWith("m")
        ? 60_000
        : 3_600_000;
  return String(Number(number) * factor);
}

/** A start's dot is no state: it says which one is the first. */
function isDot({ id, shape, label }: Node, edges: Edge[]): boolean {
  const leaving = edges.filter(({ from }) => from === id);
  const [only] = leaving;
  return (
    shape === "start" &&
    oneRow(label) === "" &&
    leaving.length === 1 &&
    only?.to !== id &&
    oneRow(only?.label ?? "") === "" &&
    !edges.some(({ to }) => to === id)
  );
}

const described = (label: string, key: string): { description?: string } => {
  const description = oneRow(label);
  return description === "" || isNamed(description, key) ? {} : { description };
};
