import type { Edge, Graph, Node } from "../../schema.js";
import { edgesOfNodes } from "../../structure.js";
import { labelLines } from "../labels.js";
import { warnOfRemarks } from "../remarks.js";
import { roleNamesOf } from "../roleNames.js";
import { type Flow, flowOf } from "./flow.js";
import { Identifiers, type Language, type Style } from "./identifiers.js";
import { sequenceScript } from "./sequenceScript.js";
import type { Branch, Procedure, Script, Statement } from "./statements.js";

const oneRow = (text: string): string => labelLines(text).join(" ");

/**
 * What a flowchart or a sequence does.
 *
 * @param style of functions, methods and parameters
 * @param warnings receives what code cannot hold, one sentence each
 */
export const scriptOf = (graph: Graph, style: Style, language: Language, warnings: string[]): Script =>
  graph.kind === "sequence"
    ? sequenceScript(graph, style, language, warnings)
    : flowchartScript(graph, style, language, warnings);

/**
 * What a flowchart does in one function, which calls those of its steps and asks those of its decisions. Where its
 * lines are no program, each step calls those that its lines lead to.
 */
function flowchartScript(graph: Graph, style: Style, language: Language, warnings: string[]): Script {
  const joined = edgesOfNodes(graph, "code", warnings);
  warnOfRemarks(graph, "Code", [], warnings);
  if (graph.groups.length > 0) warnings.push("The frames around steps are left out.");
  if (graph.notes.length > 0) warnings.push("Notes are left out: code has no place for them.");
  const flow = flowOf(graph, joined);
  return flow
    ? programOfFlow(graph, flow, new Identifiers(style, language))
    : callingScript(graph, joined, new Identifiers(style, language));
}

/** A function for each node, which calls those that its lines lead to; several lines are a decision. */
function callingScript(graph: Graph, joined: readonly Edge[], names: Identifiers): Script {
  const role = roleNamesOf(graph);
  const named = new Map(graph.nodes.map((node) => [node.id, names.give(node.label, role.node(node))]));
  const functions = graph.nodes.map((node): Procedure => {
    const edges = joined.flatMap((edge) => outgoing(edge, node));
    const calls = edges.map(({ label, target }) => ({
      condition: oneRow(label),
      call: { kind: "call", on: undefined, name: named.get(target) ?? "", comment: "" } as const,
    }));
    // Only what is drawn as a decision is one; elsewhere, what stands on a line says what it is for.
    const decides = calls.length > 1 && node.shape === "diamond" && calls.some(({ condition }) => condition);
    const words = node.details.flatMap(labelLines).map((text): Statement => ({ kind: "comment", text }));
    return {
      name: named.get(node.id) ?? "",
      label: oneRow(node.label),
      parameters: [],
      body: [...words, ...(decides ? [choiceOf(node, calls)] : calls.flatMap(sequential))],
    };
  });
  return { interfaces: [], functions, decides: functions.some(({ body }) => body.some(isChoice)) };
}

const isChoice = ({ kind }: Statement): boolean => kind === "choice" || kind === "loop";

interface Conditional {
  condition: string;
  call: Statement & { kind: "call" };
}

const sequential = ({ condition, call }: Conditional): Statement[] =>
  condition === "" ? [call] : [{ kind: "comment", text: condition }, call];

function choiceOf(node: Node, calls: Conditional[]): Statement {
  const question = oneRow(node.label);
  const asked = (condition: string) => (question === "" ? condition : `${question} ${condition}`);
  // What stands on no line happens otherwise: it is asked last, and nothing after it could happen.
  const labelled = calls.filter(({ condition }) => condition !== "");
  const others = calls.filter(({ condition }) => condition === "");
  const [yes, no] = [labelled.find(isYes), labelled.find(isNo)];
  if (question !== "" && calls.length === 2 && yes && no)
    return {
      kind: "choice",
      branches: [
        { condition: question, body: [yes.call] },
        { condition: "", body: [no.call] },
      ],
    };
  return {
    kind: "choice",
    branches: [
      ...labelled.map(({ condition, call }) => ({ condition: asked(condition), body: [call] })),
      ...(others.length > 0 ? [{ condition: "", body: others.map(({ call }) => call) }] : []),
    ],
  };
}

const isYes = ({ condition }: { condition: string }): boolean =>
  /^(yes|y|true|ok|ja|oui|sí|si)$/i.test(condition);

const isNo = ({ condition }: { condition: string }): boolean => /^(no|n|false|nein|non)$/i.test(condition);

/** The function of a whole flowchart, and those of its steps and questions. */
function programOfFlow(graph: Graph, flow: Flow[], names: Identifiers): Script {
  const role = roleNamesOf(graph);
  const main = names.give(graph.title, "main");
  const isBare = ({ id, label, shape }: Node) =>
    // A dot at the start or the end is no step, and the function has a beginning and an end itself.
    (shape === "start" || shape === "end") &&
    oneRow(label) === "" &&
    !graph.edges.some((edge) => edge.label && edge.from === id);
  const named = new Map(
    graph.nodes.flatMap((node) =>
      isBare(node) ? [] : [[node.id, names.give(node.label, role.node(node))] as const],
    ),
  );
  const asked = new Set<string>();
  const told = new Set<string>();
  const call = (id: string, comment: string): Statement[] => {
    const name = named.get(id);
    if (name === undefined) return comment === "" ? [] : [{ kind: "comment", text: comment }];
    told.add(id);
    return [{ kind: "call", on: undefined, name, comment }];
  };
  const write = (one: Flow): Statement[] => {
    switch (one.kind) {
      case "step":
        return [...call(one.node.id, ""), ...one.sides.flatMap(({ to, words }) => call(to, words))];
      case "loop":
        return [asWhile(one.body.flatMap(write))];
      case "decision":
        return decision(
          one.node,
          one.ways.map(({ words, body }) => ({ condition: words, body: body.flatMap(write) })),
        );
      default:
        return [{ kind: one.kind }];
    }
  };
  const decision = (node: Node, ways: Array<{ condition: string; body: Statement[] }>): Statement[] => {
    const question = oneRow(node.label);
    const [yes, no] = [ways.find(isYes), ways.find(isNo)];
    const name = named.get(node.id);
    if (question === "" || !yes || !no || ways.length > 2 || name === undefined)
      return flattened(
        ways.map(({ condition, body }) => ({
          condition: question === "" ? condition : `${question} ${condition}`,
          body,
        })),
      );
    asked.add(node.id);
    const branches = (isNot: boolean, first: Statement[], second: Statement[]): Branch[] => [
      { condition: { asks: name, isNot }, body: first },
      ...(second.length === 0 ? [] : [{ condition: "", body: second }]),
    ];
    // What happens in one case alone stands first; so does what ends something.
    const isNot = yes.body.length === 0 || (!isEnd(yes.body) && isEnd(no.body));
    return flattened(isNot ? branches(true, no.body, yes.body) : branches(false, yes.body, no.body));
  };
  const body = flow.flatMap(write);
  const own = graph.nodes.flatMap((node): Procedure[] => {
    const name = named.get(node.id);
    if (name === undefined || !(asked.has(node.id) || told.has(node.id))) return [];
    const words = node.details.flatMap(labelLines).map((text): Statement => ({ kind: "comment", text }));
    return [
      {
        name,
        label: oneRow(node.label),
        parameters: [],
        body: words,
        ...(asked.has(node.id) ? { asks: true } : {}),
      },
    ];
  });
  const functions = [{ name: main, label: oneRow(graph.title), parameters: [], body }, ...own];
  return { interfaces: [], functions, decides: body.some(puts) };
}

/** Whether a statement puts a question to `decide`. */
function puts(statement: Statement): boolean {
  switch (statement.kind) {
    case "loop":
      return typeof statement.condition === "string" || statement.body.some(puts);
    case "forever":
      return statement.body.some(puts);
    case "choice":
      return statement.branches.some(
        ({ condition, body }) => (typeof condition === "string" && condition !== "") || body.some(puts),
      );
    default:
      return false;
  }
}

const isEnd = (body: readonly Statement[]): boolean => {
  const last = body.at(-1)?.kind;
  return last === "break" || last === "continue" || last === "return";
};

/** A choice; what comes otherwise needs no “else” after a branch that ends there. */
function flattened(branches: Branch[]): Statement[] {
  const [first, second] = branches;
  if (branches.length === 2 && first && second?.condition === "" && isEnd(first.body))
    return [{ kind: "choice", branches: [first] }, ...second.body];
  return [{ kind: "choice", branches }];
}

/** A loop that begins with leaving it has a condition. */
function asWhile(body: Statement[]): Statement {
  const [first, ...others] = body;
  const [branch, ...more] = first?.kind === "choice" ? first.branches : [];
  if (
    branch &&
    more.length === 0 &&
    branch.body.length === 1 &&
    branch.body[0]?.kind === "break" &&
    typeof branch.condition !== "string"
  )
    return { kind: "loop", condition: { ...branch.condition, isNot: !branch.condition.isNot }, body: others };
  return { kind: "forever", body };
}

/** Where a line leads from a node: along its arrow, and both ways when it has two. */
function outgoing(edge: Edge, { id }: Node): Array<{ label: string; target: string }> {
  const backwards = edge.startHead !== "none";
  const forwards = edge.endHead !== "none" || !backwards;
  return [
    ...(forwards && edge.from === id ? [{ label: edge.label, target: edge.to }] : []),
    ...(backwards && edge.to === id ? [{ label: edge.label, target: edge.from }] : []),
  ];
}
