import type { GraphAction, GraphView } from "../../protocol/graph.js";
import type { Document } from "../../report.js";
import type { AskedRun } from "../../run/refine.js";
import type { RunDependencies } from "../../run/types.js";
import { currentAnswer } from "../../store/runs/runResult.js";
import { type Changes, changesBetween } from "../../workflows/diagram/changes.js";
import { diagram, type EvaluatedDiagram } from "../../workflows/diagram/diagram.js";
import { boxOf, type Element, elementsOf, relabelled } from "../../workflows/diagram/elements.js";
import type { MermaidVersion } from "../../workflows/diagram/emit/emitted.js";
import { targets, targetsFor } from "../../workflows/diagram/emit/targets.js";
import { evidenceOf, type GraphEvidence, missingIn } from "../../workflows/diagram/evidence.js";
import { lookAgainAt, type ShownPlace } from "../../workflows/diagram/lookAgain.js";
import { withOrigin } from "../../workflows/diagram/origin.js";
import type { Graph } from "../../workflows/diagram/schema.js";
import { evaluateAnswer } from "../../workflows/workflow.js";
import { type Correction, corrected, correctionsOf } from "./corrections.js";
import { DiagramText } from "./diagramText.js";

/** What the session needs of its panel. */
export interface DiagramHost {
  checkMermaid: RunDependencies["checkMermaid"];
  /** Which Mermaid is to read its texts. */
  mermaidVersion: MermaidVersion;
  /** Asks for a change of the run's answer, and shows places of the picture once more by themselves. */
  refine(before: AskedRun, sentence: string, places: readonly ShownPlace[]): Promise<AskedRun>;
  /** The answer is another now: it is kept. */
  keep(run: AskedRun): Promise<void>;
  /** Something is to be shown. */
  changed(): void;
}

/** What a person does with the diagram itself, and not with its drawing. */
export type DiagramAction = Exclude<GraphAction, { action: "saveDrawing" | "drawingFailed" }>;

/** What can be gone back to. */
interface Version {
  run: AskedRun;
  typed: string | undefined;
}

/** A diagram while it is looked at, corrected, refined and written in one language or another. */
export class DiagramSession {
  private readonly text: DiagramText;
  private graph: Graph;
  private undo: (Version & { changes: Changes }) | undefined;
  private refining = false;
  /** Labels that a person corrected while a refinement was under way. */
  private corrections: Correction[] = [];
  /** The graph that was weighed last. */
  private weighed: Pick<EvaluatedDiagram, "graph" | "evidence">;
  /** What a person has looked at: the picture's word against it is heard no more. */
  private readonly settled = new Set<string>();

  constructor(
    private run: AskedRun,
    private readonly host: DiagramHost,
  ) {
    this.weighed = evaluatedOf(run);
    this.graph = this.weighed.graph;
    this.text = new DiagramText(this.graph, host.checkMermaid, host.changed, host.mermaidVersion);
  }

  view(): GraphView {
    const { graph, undo, text, refining } = this;
    const { target, typed, drawing, warnings, problem } = text;
    const { picture } = this.run.pictures[0];
    const evidence = this.evidenceOf(this.current);
    return {
      targets: targetsFor(graph.kind).map((id) => ({ id, title: targets[id].title })),
      target,
      text: text.text,
      edited: typed !== undefined,
      drawing,
      warnings,
      elements: this.elements(),
      missing: evidence ? missingIn(this.current, evidence, picture) : [],
      unreadable: graph.unreadable.map(({ where, place }) => {
        const box = boxOf(place, picture);
        return { where, ...(box ? { box } : {}) };
      }),
      refining,
      ...(problem ? { problem } : {}),
      ...(undo ? { changes: undo.changes } : {}),
    };
  }

  async act(action: DiagramAction): Promise<void> {
    switch (action.action) {
      case "target":
        return this.choose(action.target);
      case "edit":
        return this.text.edit(action.text);
      case "relabel":
        return this.relabel(action.element, action.label);
      case "discard":
        this.text.write(this.graph);
        return this.host.changed();
      case "refine":
        return this.refine(action.sentence);
      case "lookAgain":
        return this.lookAgain();
      case "settle":
        return this.settle(action.accept);
    }
  }

  /**
   * The text for a document, with a comment that says where it comes from.
   *
   * @param path of the picture, from the document's folder; undefined when none leads there
   * @throws UserError when a text that was edited by hand is not valid
   */
  async document(path: string | undefined): Promise<Document> {
    await this.text.checking;
    this.text.checkValid(this.pictureName);
    const { target, text } = this.text;
    const { title, language, ending } = targets[target];
    const { sha256 } = this.run.pictures[0].picture;
    const inserted = path === undefined ? text : withOrigin(text, target, { path, sha256 });
    return { title, language, ending, text: inserted };
  }

  private get pictureName(): string {
    return this.run.pictures[0].picture.name;
  }

  /** The graph as it was last edited. */
  private get current(): Graph {
    return this.text.edited?.graph ?? this.graph;
  }

  /** Weighing takes a moment, and a panel is shown often. */
  private evidenceOf(graph: Graph): GraphEvidence | undefined {
    if (this.weighed.graph !== graph) {
      const evidence = evidenceOf(graph, this.run.pictures[0]);
      this.weighed = { graph, ...(evidence ? { evidence } : {}) };
    }
    return this.weighed.evidence;
  }

  private elements(): Element[] {
    const { current } = this;
    const [{ picture }] = this.run.pictures;
    const evidence = this.evidenceOf(current);
    return elementsOf(current, picture, evidence, this.text.mermaidNames).map((element) => {
      if (element.doubt !== "contradicted" || !this.settled.has(element.name)) return element;
      const { doubt: _, ...rest } = element;
      return rest;
    });
  }

  /** Asks once more about what is doubtful, all of it in one question. */
  private async lookAgain(): Promise<void> {
    const { current } = this;
    const { picture } = this.run.pictures[0];
    const evidence = this.evidenceOf(current);
    const missing = evidence ? missingIn(current, evidence, picture) : [];
    const look = lookAgainAt(this.elements(), missing, picture);
    if (look) await this.refine(look.sentence, look.places);
  }

  private async choose(id: string): Promise<void> {
    const { text } = this;
    const target = targetsFor(this.graph.kind).find((one) => one === id);
    if (target === undefined || target === text.target) return;
    text.checkKept(this.pictureName);
    const { edited } = text;
    text.target = target;
    if (edited) return this.replace(edited.graph);
    text.write(this.graph);
    this.host.changed();
  }

  /** Shows the graph of a run, without what was typed. */
  private show(run: AskedRun): void {
    this.run = run;
    this.weighed = evaluatedOf(run);
    this.graph = this.weighed.graph;
    this.text.write(this.graph);
  }

  /** Another graph in the place of this one, by a person's own hand. */
  private async replace(graph: Graph): Promise<void> {
    this.show(withEdit(this.run, graph));
    this.host.changed();
    await this.host.keep(this.run);
  }

  private async relabel(element: string, label: string): Promise<void> {
    this.text.checkKept(this.pictureName);
    const graph = this.current;
    this.settled.add(element);
    if (this.refining) this.corrections.push(...correctionsOf(graph, element, label));
    await this.replace(relabelled(graph, element, label));
  }

  /**
   * What was edited by hand goes along: as the graph where it can be read back, else as text. What is corrected in the
   * meantime is taken over into the refined diagram, and Undo goes back to the diagram with it.
   */
  private async refine(sentence: string, places: readonly ShownPlace[] = []): Promise<void> {
    if (this.refining) return;
    const { typed, edited, target } = this.text;
    const graph = this.current;
    const edits =
      typed === undefined || edited
        ? ""
        : `\n\nThe person has also edited the diagram's ${targets[target].title} text by hand. Take over what they changed in it:\n\n${typed}`;
    this.refining = true;
    this.corrections = [];
    this.host.changed();
    try {
      const run = edited ? withEdit(this.run, graph) : this.run;
      // Names are by place: those of another answer are other elements.
      this.settled.clear();
      const refined = await this.host.refine(run, `${sentence}${edits}`, places);
      const before: Version = { run: this.run, typed: this.text.typed };
      const last = this.current;
      const answer = this.corrections.reduce(corrected, evaluatedOf(refined).graph);
      this.show(this.corrections.length === 0 ? refined : withEdit(refined, answer));
      this.undo = { ...before, changes: changesBetween(last, this.graph) };
      await this.host.keep(this.run);
    } finally {
      this.refining = false;
      this.host.changed();
    }
  }

  private async settle(accept: boolean): Promise<void> {
    const { undo } = this;
    this.undo = undefined;
    if (undo && !accept) {
      // What the refinement cost stays on the bill.
      const { usage, cost } = this.run.response;
      this.show({ ...undo.run, response: { ...undo.run.response, usage, cost } });
      if (undo.typed !== undefined) await this.text.edit(undo.typed);
      await this.host.keep(this.run);
    }
    this.host.changed();
  }
}

const evaluatedOf = (run: AskedRun): EvaluatedDiagram =>
  evaluateAnswer(diagram, currentAnswer(run), run.pictures).evaluated;

/** The run with a graph of the person's own on top of the model's. */
const withEdit = (run: AskedRun, graph: Graph): AskedRun => ({
  ...run,
  edits: [...run.edits, { answer: graph, time: new Date().toISOString() }],
});
