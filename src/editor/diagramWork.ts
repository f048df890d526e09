import { UserError } from "../errors.js";
import type { AskedRun } from "../pipeline/refine.js";
import type { Surroundings } from "../pipeline/run.js";
import type { DiagramAction, DiagramView } from "../protocol.js";
import type { Document } from "../report.js";
import { type Changes, changesBetween } from "../workflows/diagram/changes.js";
import { diagram } from "../workflows/diagram/diagram.js";
import { editedGraph } from "../workflows/diagram/editedGraph.js";
import { boxOf, elementsOf, relabelled } from "../workflows/diagram/elements.js";
import type { Emitted } from "../workflows/diagram/emit/emitted.js";
import { emitMermaid } from "../workflows/diagram/emit/mermaid/mermaid.js";
import { type TargetId, targets, targetsFor } from "../workflows/diagram/emit/targets.js";
import { withOrigin } from "../workflows/diagram/origin.js";
import type { Graph } from "../workflows/diagram/schema.js";
import { type Objection, objectionOf, objectionTo } from "../workflows/diagram/typedMermaid.js";
import { judged } from "../workflows/workflow.js";

/** What the work on a diagram needs of its panel. */
export interface DiagramHost {
  checkMermaid: Surroundings["checkMermaid"];
  /** Asks for a change of the run's answer. */
  refine(before: AskedRun, sentence: string): Promise<AskedRun>;
  /** The answer is another now: it is kept. */
  keep(run: AskedRun): Promise<void>;
  /** Something is to be shown. */
  changed(): void;
  saveDrawing(format: "svg" | "png", bytes: Uint8Array): Promise<void>;
}

/** What can be gone back to. */
interface Version {
  run: AskedRun;
  typed: string | undefined;
}

/** A diagram while it is looked at, corrected, refined and written in one language or another. */
export class DiagramWork {
  private target: TargetId = "mermaid";
  /** The text as edited by hand, in the chosen language. */
  private typed: string | undefined;
  /** The graph as the text was edited, where it can be read back: in flowcharts. */
  private edited: Graph | undefined;
  private problem: Objection | undefined;
  /** The last Mermaid text that may be drawn. */
  private drawing = "";
  /** The graph in the chosen language. */
  private emitted: Emitted = { text: "", warnings: [] };
  private undo: (Version & { changes: Changes }) | undefined;
  private refining = false;

  private graph: Graph;

  constructor(
    private run: AskedRun,
    private readonly host: DiagramHost,
  ) {
    this.graph = graphOf(run);
    this.forgetTyped();
  }

  view(): DiagramView {
    const { graph, run, undo, problem, emitted } = this;
    return {
      targets: targetsFor(graph.kind).map((id) => ({ id, title: targets[id].title })),
      target: this.target,
      text: this.text,
      edited: this.typed !== undefined,
      drawing: this.drawing,
      losses: emitted.warnings,
      elements: elementsOf(this.edited ?? graph, run.picture),
      unreadable: graph.unreadable.map(({ where, place }) => {
        const box = boxOf(place, run.picture);
        return { where, ...(box ? { box } : {}) };
      }),
      refining: this.refining,
      ...(problem ? { problem } : {}),
      ...(undo ? { changes: undo.changes } : {}),
    };
  }

  async act(action: DiagramAction): Promise<void> {
    switch (action.action) {
      case "target":
        return this.choose(action.target);
      case "edit":
        return this.edit(action.text);
      case "relabel":
        this.keepTyped();
        return this.replace(relabelled(this.edited ?? this.graph, action.element, action.label));
      case "discard":
        this.forgetTyped();
        return this.host.changed();
      case "refine":
        return this.refine(action.sentence);
      case "settle":
        return this.settle(action.accept);
      case "saveDrawing":
        return this.host.saveDrawing(action.format, Buffer.from(action.bytes, "base64"));
    }
  }

  /**
   * The text for a document, with a comment that says where it comes from.
   *
   * @param path of the picture, from the document's folder; undefined when none leads there
   * @throws UserError when a text that was edited by hand is not valid
   */
  document(path: string | undefined): Document {
    if (this.problem) {
      const { message, line } = this.problem;
      throw new UserError({
        problem: `The diagram's text is not valid${line === undefined ? "" : `, line ${line}`}: ${message}`,
        advice: "Correct it in the panel, or discard the edits there.",
        picture: this.run.picture.name,
      });
    }
    const { title, language, ending } = targets[this.target];
    const { sha256 } = this.run.picture;
    const { text } = this;
    const inserted = path === undefined ? text : withOrigin(text, this.target, { path, sha256 });
    return { title, language, ending, text: inserted };
  }

  private async choose(id: string): Promise<void> {
    const target = targetsFor(this.graph.kind).find((one) => one === id);
    if (target === undefined || target === this.target) return;
    this.keepTyped();
    const { edited } = this;
    this.target = target;
    if (edited) return this.replace(edited);
    this.forgetTyped();
    this.host.changed();
  }

  /**
   * Edits of a flowchart are kept as its graph; others would be lost when the text is written anew.
   *
   * @throws UserError when they would be lost
   */
  private keepTyped(): void {
    if (this.typed === undefined || this.edited) return;
    this.host.changed();
    throw new UserError({
      problem: `The ${targets[this.target].title} text was edited by hand, and would be written anew.`,
      advice: "Insert or copy it first, or discard the edits.",
      picture: this.run.picture.name,
    });
  }

  /** Mermaid is drawn as it is typed, once it is valid; texts in other languages are kept as they are. */
  private async edit(text: string): Promise<void> {
    if (text === this.emitted.text) {
      this.forgetTyped();
      return this.host.changed();
    }
    this.typed = text;
    this.edited = undefined;
    if (this.target !== "mermaid") return this.host.changed();
    this.problem = objectionTo(text);
    // Drawn while it is parsed: a text that is not valid leaves the last drawing.
    if (!this.problem) this.drawing = text;
    this.host.changed();
    if (this.problem) return;
    const verdict = await this.host.checkMermaid(text);
    // Typed on meanwhile: that text has its own verdict.
    if (this.typed !== text) return;
    if (!verdict.valid) this.problem = objectionOf(verdict.message, text);
    else if (verdict.flowchart) this.edited = editedGraph(this.graph, verdict.flowchart);
    this.host.changed();
  }

  /** Shows the graph of a run, without what was typed. */
  private show(run: AskedRun): void {
    this.run = run;
    this.graph = graphOf(run);
    this.target = targetsFor(this.graph.kind).find((id) => id === this.target) ?? "mermaid";
    this.forgetTyped();
  }

  /** Writes the graph anew, as it is to be whenever it or the language is another. */
  private forgetTyped(): void {
    this.typed = undefined;
    this.edited = undefined;
    this.problem = undefined;
    this.emitted = targets[this.target].emit(this.graph);
    this.drawing = this.target === "mermaid" ? this.emitted.text : emitMermaid(this.graph).text;
  }

  private get text(): string {
    return this.typed ?? this.emitted.text;
  }

  /** Another graph in the place of this one, by a person's own hand. */
  private async replace(graph: Graph): Promise<void> {
    this.show({ ...this.run, asked: { ...this.run.asked, answer: graph } });
    this.host.changed();
    await this.host.keep(this.run);
  }

  /** What was edited by hand goes along: as the graph where it can be read back, else as text. */
  private async refine(sentence: string): Promise<void> {
    if (this.refining) return;
    const before: Version = { run: this.run, typed: this.typed };
    const graph = this.edited ?? this.graph;
    const edits =
      this.typed === undefined || this.edited
        ? ""
        : `\n\nThe person has also edited the diagram's ${targets[this.target].title} text by hand. Take over what they changed in it:\n\n${this.typed}`;
    this.refining = true;
    this.host.changed();
    try {
      const run = { ...this.run, asked: { ...this.run.asked, answer: graph } };
      this.show(await this.host.refine(run, `${sentence}${edits}`));
      this.undo = { ...before, changes: changesBetween(graph, this.graph) };
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
      const { usage, cost } = this.run.asked;
      this.show({ ...undo.run, asked: { ...undo.run.asked, usage, cost } });
      if (undo.typed !== undefined) await this.edit(undo.typed);
      await this.host.keep(this.run);
    }
    this.host.changed();
  }
}

const graphOf = (run: AskedRun): Graph => judged(diagram, run.asked.answer, run).judged.graph;
