import { UserError } from "../../errors.js";
import { newNode, newStep } from "./newParts.js";
import { features, type Graph, type Group, type Node, type Remark, type Step } from "./schema.js";

/** As many as a long answer has room for, twice over. */
const mostElements = 2_000;

/** A graph in which every reference holds and every fragment is closed, and what had to be put right. */
export interface ValidGraph {
  graph: Graph;
  /** One sentence each. */
  repairs: string[];
}

/**
 * Makes an answer consistent: ids are unique, edges join nodes or groups that exist and steps nodes, groups do not
 * contain themselves, fragments are balanced. What cannot be kept is dropped and said.
 *
 * @throws UserError when it holds more than any drawing does
 */
export function validGraph(answer: Graph): ValidGraph {
  const { nodes: drawn, edges: lines, steps: messages, rows, groups: frames, notes, remarks } = answer;
  const lists = [drawn, lines, messages, rows, frames, notes, remarks];
  const elements = lists.reduce((sum, list) => sum + list.length, 0);
  if (elements > mostElements)
    throw new UserError({
      code: "answerInvalid",
      problem: `The answer holds ${elements.toLocaleString("en")} elements: no drawing has as many.`,
      advice: "Run it again, or choose another model.",
    });
  const repairs: string[] = [];
  const nodes = uniqueById(answer.nodes, (node) =>
    repairs.push(`Two nodes had the id “${node.id}”; both were kept.`),
  );
  const nodeIds = new Set(nodes.map(({ id }) => id));
  const groupIdOf = groupIdsIn(answer, nodeIds, repairs);
  const groups = validGroups(
    answer.groups.map((group) => ({ ...group, id: groupIdOf(group.id), parent: groupIdOf(group.parent) })),
    nodeIds,
  );
  const groupIds = new Set(groups.map(({ id }) => id));

  // Edges and steps may name a node that the list forgot: drawn, so kept.
  const addMissing = (id: string) => {
    if (id === "" || nodeIds.has(id) || groupIds.has(id)) return;
    nodeIds.add(id);
    nodes.push(newNode(id, id, { confidence: "low" }));
    repairs.push(`“${id}” was joined by a line but not listed as a node; it was added.`);
  };
  for (const { from, to } of [...answer.edges, ...answer.steps]) {
    addMissing(from);
    addMissing(to);
  }
  const isThere = (id: string) => nodeIds.has(id) || groupIds.has(id);
  const edges = answer.edges.filter(({ from, to }) => isThere(from) && isThere(to));
  const lost = answer.edges.length - edges.length;
  if (lost > 0)
    repairs.push(
      `${lost} line${lost === 1 ? "" : "s"} without a node or a frame at both ends could not be kept.`,
    );

  const steps = balanced(answer.steps, nodeIds, repairs);

  return {
    graph: {
      ...answer,
      nodes: nodes.map((node) => {
        const group = groupIdOf(node.group);
        return { ...node, group: groupIds.has(group) ? group : "" };
      }),
      groups,
      edges,
      steps: steps.map(({ step }) => step),
      notes: answer.notes
        .filter(({ text }) => text.trim() !== "")
        .map((note) => (isThere(note.about) ? note : { ...note, about: "" })),
      remarks: validRemarks(
        answer.remarks,
        (about) => {
          if (about === "" || isThere(about)) return about;
          const [, kind, number] = /^([es])(\d{1,4})$/.exec(about) ?? [];
          // Numbers are those of the answer's own lists.
          const before = Number(number ?? 0) - 1;
          const edge = answer.edges[before];
          const now =
            kind === "e" ? (edge ? edges.indexOf(edge) : -1) : steps.findIndex(({ from }) => from === before);
          return kind === undefined || now < 0 ? undefined : `${kind}${now + 1}`;
        },
        repairs,
      ),
    },
    repairs,
  };
}

/** Remarks about what is there, each with a value that its feature knows. */
function validRemarks(
  remarks: Remark[],
  nowAbout: (about: string) => string | undefined,
  repairs: string[],
): Remark[] {
  return remarks.flatMap((remark) => {
    const { feature, value } = remark;
    const about = nowAbout(remark.about);
    const known: readonly string[] | "words" = features[feature];
    const isKnown = known === "words" ? value.trim() !== "" : known.includes(value);
    if (about !== undefined && isKnown) return [{ ...remark, about }];
    repairs.push(`The remark “${feature}: ${value}” could not be kept.`);
    return [];
  });
}

function uniqueById(all: Node[], onTwin: (node: Node) => void): Node[] {
  const seen = new Set<string>();
  return all.map((node) => {
    if (node.id !== "" && !seen.has(node.id)) {
      seen.add(node.id);
      return node;
    }
    onTwin(node);
    let number = 2;
    while (seen.has(`${node.id}-${number}`)) number++;
    const id = `${node.id}-${number}`;
    seen.add(id);
    return { ...node, id };
  });
}

/** Groups that are called like a node have an id of their own; lines and notes are about the node. */
function groupIdsIn(
  { groups }: Graph,
  nodeIds: ReadonlySet<string>,
  repairs: string[],
): (id: string) => string {
  const taken = new Set([...nodeIds, ...groups.map(({ id }) => id)]);
  const renamed = new Map<string, string>();
  for (const { id } of groups) {
    if (id === "" || !nodeIds.has(id) || renamed.has(id)) continue;
    let own = `${id}-group`;
    while (taken.has(own)) own += "-";
    taken.add(own);
    renamed.set(id, own);
    repairs.push(`A node and a group had the id “${id}”; both were kept.`);
  }
  return (id) => renamed.get(id) ?? id;
}

function validGroups(all: Group[], nodeIds: Set<string>): Group[] {
  const groups = all.filter(
    ({ id }, index) => id !== "" && !nodeIds.has(id) && all.findIndex((other) => other.id === id) === index,
  );
  const parentOf = new Map(groups.map(({ id, parent }) => [id, parent]));
  const containsItself = (id: string): boolean => {
    const above = new Set<string>();
    for (let at = parentOf.get(id); at !== undefined && at !== ""; at = parentOf.get(at)) {
      if (at === id) return true;
      if (above.has(at)) return false;
      above.add(at);
    }
    return false;
  };
  return groups.map((group) => {
    if (parentOf.has(group.parent) && !containsItself(group.id)) return group;
    parentOf.set(group.id, "");
    return { ...group, parent: "" };
  });
}

/** Where a step stood in the answer; undefined for one that was added. */
interface KeptStep {
  step: Step;
  from: number | undefined;
}

/** Steps whose nodes exist, with every fragment opened before it is closed, and closed in the end. */
function balanced(steps: Step[], nodeIds: Set<string>, repairs: string[]): KeptStep[] {
  const kept: KeptStep[] = [];
  const open: Array<Step["fragment"]> = [];
  for (const [from, step] of steps.entries()) {
    if (step.kind === "message" && !(nodeIds.has(step.from) && nodeIds.has(step.to))) {
      repairs.push(`The message “${step.text}” has no sender or receiver and could not be kept.`);
    } else if (step.kind === "note" && !nodeIds.has(step.from)) {
      repairs.push(`The note “${step.text}” stands at no participant and could not be kept.`);
    } else if (step.kind === "open") {
      const fragment = step.fragment === "none" ? "opt" : step.fragment;
      open.push(fragment);
      kept.push({ step: { ...step, fragment }, from });
    } else if (step.kind === "else") {
      const fragment = open.at(-1);
      if (fragment === "alt" || fragment === "par" || fragment === "critical")
        kept.push({ step: { ...step, fragment }, from });
      else repairs.push(`A branch “${step.text}” outside of alternatives could not be kept.`);
    } else if (step.kind === "close") {
      if (open.pop() !== undefined) kept.push({ step, from });
    } else {
      kept.push({ step: step.kind === "note" && !nodeIds.has(step.to) ? { ...step, to: "" } : step, from });
    }
  }
  return [...kept, ...open.map(() => ({ step: newStep("close"), from: undefined }))];
}
