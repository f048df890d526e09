import type { Graph, Step } from "../../schema.js";
import { labelLines } from "../labels.js";
import { warnOfRemarks } from "../remarks.js";
import { Identifiers, type Language, type Style } from "./identifiers.js";
import type { Script, Statement } from "./statements.js";

const oneRow = (text: string): string => labelLines(text).join(" ");

/**
 * An interface for each participant, with the messages that it receives, and one function that sends them.
 */
export function sequenceScript(graph: Graph, style: Style, language: Language, warnings: string[]): Script {
  const types = new Identifiers("Pascal", language);
  const values = new Identifiers(style, language);
  const participants = new Map(
    graph.nodes.map(({ id, label }, index) => [
      id,
      {
        type: types.give(label, `Participant${index + 1}`),
        value: values.give(label, `participant${index + 1}`),
        label: oneRow(label),
        methods: new Map<string, { name: string; label: string }>(),
        names: new Identifiers(style, language),
      },
    ]),
  );
  const labelOf = (id: string) => participants.get(id)?.label ?? "";
  const statement = (step: Step): Statement => {
    const words = oneRow(step.text);
    const receiver = participants.get(step.to);
    if (step.kind === "note" || step.line === "dashed" || !receiver) {
      const what = step.kind === "note" ? labelOf(step.from) : `${labelOf(step.from)} → ${labelOf(step.to)}`;
      return { kind: "comment", text: `${what}: ${words}` };
    }
    const method = receiver.methods.get(words) ?? {
      name: receiver.names.give(words.replace(/\(.*$/, ""), `message${receiver.methods.size + 1}`),
      label: words,
    };
    receiver.methods.set(words, method);
    return { kind: "call", on: receiver.value, name: method.name, comment: `from ${labelOf(step.from)}` };
  };
  const body = nestedSteps(graph.steps, statement);
  const all = [...participants.values()];
  warnOfRemarks(graph, "Code", [], warnings);
  if (graph.notes.length > 0) warnings.push("Notes beside the order of messages are left out.");
  if (graph.edges.length > 0)
    warnings.push(`${graph.edges.length} lines outside the order of messages are left out.`);
  return {
    interfaces: all.map(({ type, label, methods }) => ({
      name: type,
      label,
      methods: [...methods.values()],
    })),
    functions: [
      {
        name: values.give(graph.title, "scenario"),
        label: oneRow(graph.title),
        parameters: all.map(({ value, type }) => ({ name: value, type })),
        body,
      },
    ],
    decides: graph.steps.some(({ kind, fragment }) => kind === "open" && fragment !== "par"),
  };
}

/** The flat steps of a balanced sequence as blocks. */
function nestedSteps(steps: Step[], statement: (step: Step) => Statement): Statement[] {
  const root: Statement[] = [];
  const open: Array<{
    fragment: Step["fragment"];
    body: Statement[];
    choice?: Statement & { kind: "choice" };
  }> = [{ fragment: "none", body: root }];
  for (const step of steps) {
    const { body } = open.at(-1) ?? { body: root };
    const condition = oneRow(step.text);
    if (step.kind === "close") open.pop();
    else if (step.kind === "open" && step.fragment === "loop") {
      const loop: Statement = { kind: "loop", condition, body: [] };
      body.push(loop);
      open.push({ fragment: "loop", body: loop.body });
    } else if (step.kind === "open" && step.fragment === "par") {
      body.push({ kind: "comment", text: `at the same time: ${condition}` });
      open.push({ fragment: "par", body });
    } else if (step.kind === "open") {
      const branch = { condition: condition === "" ? step.fragment : condition, body: [] };
      const choice: Statement & { kind: "choice" } = { kind: "choice", branches: [branch] };
      body.push(choice);
      open.push({ fragment: step.fragment, body: branch.body, choice });
    } else if (step.kind === "else") {
      const fragment = open.pop();
      if (fragment?.choice) {
        const branch = { condition, body: [] };
        fragment.choice.branches.push(branch);
        open.push({ ...fragment, body: branch.body });
      } else if (fragment) {
        fragment.body.push({ kind: "comment", text: `at the same time: ${condition}` });
        open.push(fragment);
      }
    } else body.push(statement(step));
  }
  return root;
}
