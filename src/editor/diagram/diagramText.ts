import { UserError } from "../../errors.js";
import type { RunDependencies } from "../../run/types.js";
import { type EditedGraph, editedGraph } from "../../workflows/diagram/editedGraph.js";
import type { Emitted, MermaidVersion } from "../../workflows/diagram/emit/emitted.js";
import { type TargetId, targets, targetsFor } from "../../workflows/diagram/emit/targets.js";
import { type Graph, unreadable } from "../../workflows/diagram/schema.js";
import {
  type Objection,
  objectionOf,
  objectionTo,
  withLineFeeds,
} from "../../workflows/diagram/typedMermaid.js";

/** A diagram's text in the chosen language: as our own code writes it, or as a person edited it. */
export class DiagramText {
  target: TargetId = "mermaid";
  /** As edited by hand, in the chosen language. */
  typed: string | undefined;
  /** The graph as the text was edited, where it can be read back: in flowcharts. */
  edited: EditedGraph | undefined;
  /** Why the text cannot be drawn or inserted. */
  problem: Objection | undefined;
  /** The last Mermaid text that may be drawn. */
  drawing = "";
  /** The parser's verdict on what was typed, while it is awaited. */
  checking: Promise<void> = Promise.resolve();
  /** The graph in the chosen language. */
  private emitted: Emitted = { text: "", warnings: [] };
  /** What the last text in each language called things: they keep their names when they are called otherwise. */
  private readonly names = new Map<TargetId, ReadonlyMap<string, string>>();

  /**
   * @param changed told when something else is to be shown
   * @param mermaidVersion which Mermaid is to read its texts
   */
  constructor(
    private graph: Graph,
    private readonly checkMermaid: RunDependencies["checkMermaid"],
    private readonly changed: () => void,
    private readonly mermaidVersion: MermaidVersion,
  ) {
    this.write(graph);
  }

  get text(): string {
    return this.typed ?? this.emitted.text;
  }

  /** What the chosen language cannot hold. */
  get warnings(): string[] {
    return this.emitted.warnings;
  }

  /** What the Mermaid text calls nodes and groups, by their ids. */
  get mermaidNames(): ReadonlyMap<string, string> {
    return new Map([...(this.names.get("mermaid") ?? []), ...(this.edited?.names ?? [])]);
  }

  /** Writes a graph anew, in the chosen language where that can hold it. What was typed is forgotten. */
  write(graph: Graph): void {
    this.names.set("mermaid", this.mermaidNames);
    this.forgetUnread();
    this.graph = graph;
    this.target = targetsFor(graph.kind).find((id) => id === this.target) ?? "mermaid";
    this.typed = undefined;
    this.edited = undefined;
    this.problem = undefined;
    this.emitted = this.emit(this.target);
    this.drawing = this.target === "mermaid" ? this.emitted.text : this.emit("mermaid").text;
  }

  private emit(target: TargetId): Emitted {
    const emitted = targets[target].emit(this.graph, {
      mermaidVersion: this.mermaidVersion,
      earlierNames: this.names.get(target),
    });
    if (emitted.names) this.names.set(target, emitted.names);
    return emitted;
  }

  /** What could not be read is called after its words once they are known. */
  private forgetUnread(): void {
    const unread = new Set(
      this.graph.nodes.filter(({ label }) => label.includes(unreadable)).map(({ id }) => id),
    );
    if (unread.size === 0) return;
    for (const [target, names] of this.names)
      this.names.set(target, new Map([...names].filter(([id]) => !unread.has(id))));
  }

  /** Mermaid is drawn as it is typed, once it is valid; texts in other languages are kept as they are. */
  async edit(typed: string): Promise<void> {
    const text = withLineFeeds(typed);
    if (text === this.emitted.text) {
      this.write(this.graph);
      return this.changed();
    }
    this.typed = text;
    this.edited = undefined;
    if (this.target !== "mermaid") return this.changed();
    this.problem = objectionTo(text);
    // Drawn while it is parsed: a text that is not valid leaves the last drawing. Some schedules never end.
    if (!this.problem && !/^\s*gantt\b/m.test(text)) this.drawing = text;
    this.changed();
    if (this.problem) return;
    this.checking = this.check(text);
    await this.checking;
  }

  private async check(text: string): Promise<void> {
    const verdict = await this.checkMermaid(text);
    // Typed on meanwhile: that text has its own verdict.
    if (this.typed !== text) return;
    if (!verdict.valid) this.problem = objectionOf(verdict.message, text);
    else {
      this.drawing = text;
      if (verdict.flowchart)
        this.edited = editedGraph(this.graph, verdict.flowchart, this.names.get("mermaid"));
    }
    this.changed();
  }

  /**
   * Edits of a flowchart are kept as its graph; others would be lost when the text is written anew.
   *
   * @param picture that the error names
   * @throws UserError when they would be lost
   */
  checkKept(picture: string): void {
    if (this.typed === undefined || this.edited) return;
    this.changed();
    throw new UserError({
      code: "wrongInput",
      problem: `The ${targets[this.target].title} text was edited by hand, and would be written anew.`,
      advice: "Insert or copy it first, or discard the edits.",
      picture,
    });
  }

  /** @throws UserError when a text that was edited by hand is not valid */
  checkValid(picture: string): void {
    if (!this.problem) return;
    const { message, line } = this.problem;
    throw new UserError({
      code: "wrongInput",
      problem: `The diagram's text is not valid${line === undefined ? "" : `, line ${line}`}: ${message}`,
      advice: "Correct it in the panel, or discard the edits there.",
      picture,
    });
  }
}
