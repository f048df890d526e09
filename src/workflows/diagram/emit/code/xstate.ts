import type { Edge, Graph, Node } from "../../schema.js";
import { holderIn, membersByGroup } from "../../structure.js";
import type { Emitted } from "../emitted.js";
import { rowsOf } from "../labels.js";
import { Identifiers } from "./identifiers.js";

interface State {
  id: string;
  description?: string;
  type?: "final";
  initial?: string;
  on?: Record<string, Transition[]>;
  states?: Record<string, State>;
  meta?: { details: string[] };
}

interface Transition {
  target: string;
  guard?: string;
  actions?: string[];
  description?: string;
}

/**
 * Writes a state machine in XState's configuration format, version 5: groups are states with states inside, the
 * start's dot is what is initial.
 *
 * @see https://stately.ai/docs/machines
 */
export function emitXState(graph: Graph): Emitted {
  const warnings: string[] = [];
  const machine = machineOf(graph, warnings);
  return {
    text: `import { createMachine } from "xstate";\n\nexport const machine = createMachine(${JSON.stringify(machine, null, 2)});\n`,
    warnings,
  };
}

const oneRow = (text: string): string => rowsOf(text).join(" ");

function machineOf(graph: Graph, warnings: string[]): State {
  const dots = new Set(graph.nodes.filter((node) => isDot(node, graph.edges)).map(({ id }) => id));
  const names = new Identifiers("camel");
  const keys = new Map<string, string>();
  for (const [at, { id, label, shape }] of graph.nodes.entries())
    if (!dots.has(id)) keys.set(id, names.give(label, shape === "end" ? "end" : `state${at + 1}`));
  for (const [at, { id, label }] of graph.groups.entries()) keys.set(id, names.give(label, `group${at + 1}`));
  const keyOf = (id: string): string => keys.get(id) ?? "";
  const members = membersByGroup(graph);
  const within = holderIn(graph);
  const inside = (group: string): Pick<State, "initial" | "states"> => {
    const { nodes = [], groups = [] } = members.get(group) ?? {};
    const states = [
      ...nodes.filter(({ id }) => !dots.has(id)).map((node) => [node.id, stateOf(node)] as const),
      ...groups.map(
        ({ id, label }) =>
          [id, { id: keyOf(id), ...described(label, keyOf(id)), ...inside(id) } satisfies State] as const,
      ),
    ];
    const [first] = states;
    if (!first) return {};
    const begun = nodes
      .filter(({ id }) => dots.has(id))
      .flatMap(({ id }) => graph.edges.filter(({ from }) => from === id));
    const initial = begun.map(({ to }) => within(group, to)).find((id) => id !== undefined) ?? first[0];
    return {
      initial: keyOf(initial),
      states: Object.fromEntries(states.map(([id, state]) => [keyOf(id), state])),
    };
  };
  const stateOf = (node: Node): State => {
    const details = node.details.map(oneRow).filter((row) => row !== "");
    const edges = graph.edges.filter(({ from }) => from === node.id && !dots.has(from));
    // A final state has nothing after it.
    const ends = node.shape === "end" && edges.length === 0;
    return {
      id: keyOf(node.id),
      ...described(node.label, keyOf(node.id)),
      ...(ends ? { type: "final" } : {}),
      ...(edges.length > 0 ? { on: transitions(edges, keyOf) } : {}),
      ...(details.length > 0 ? { meta: { details } } : {}),
    };
  };
  const twoHeaded = graph.edges.filter(({ startHead }) => startHead !== "none").length;
  if (twoHeaded > 0)
    warnings.push(`Transitions have one direction: the second arrowhead of ${twoHeaded} is left out.`);
  if (graph.notes.length > 0) warnings.push("Remarks are left out: a machine has no place for them.");
  // The machine's own id must be none of its states'.
  return { id: names.give(graph.title, "machine"), ...described(graph.title, ""), ...inside("") };
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
  return description === "" || description === key ? {} : { description };
};

/** UML's `event [guard] / action`. */
function transitions(edges: Edge[], keyOf: (id: string) => string): Record<string, Transition[]> {
  const events: Record<string, Transition[]> = {};
  for (const { to, label } of edges) {
    const words = oneRow(label);
    const [, trigger = "", guard = "", action = ""] = /^([^[/]*)(?:\[([^\]]*)\])?\s*(?:\/(.*))?$/.exec(
      words,
    ) ?? ["", words];
    const names = new Identifiers("snake");
    const event = names.give(trigger, "next").toUpperCase();
    const target = `#${keyOf(to)}`;
    const transition: Transition = {
      target,
      ...(guard.trim() === "" ? {} : { guard: guard.trim() }),
      ...(action.trim() === "" ? {} : { actions: [action.trim()] }),
      ...described(label, event),
    };
    events[event] = [...(events[event] ?? []), transition];
  }
  return events;
}
