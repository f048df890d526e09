import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { RunResult } from "../pipeline/run.js";
import { runToJson } from "../render/json.js";
import { reportToMarkdown } from "../render/markdown.js";
import { overviewOf, slim } from "../render/overview.js";
import { auditsToSarif } from "../render/sarif.js";
import { diagram } from "../workflows/diagram/diagram.js";
import { emitTarget } from "../workflows/diagram/emit/emitTarget.js";
import { type TargetId, targets } from "../workflows/diagram/emit/targets.js";
import { known } from "../workflows/workflow.js";
import type { Options } from "./arguments.js";
import { shownPath } from "./pictures.js";
import { tell } from "./tell.js";

const endings = { markdown: "md", json: "json", sarif: "sarif" } as const;

export const toJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Writes each picture's result: to a file of its own, or to standard output in the order in which they were named. */
export class Output {
  private readonly texts: Array<string | undefined> = [];
  private next = 0;
  private readonly taken = new Set<string>();

  constructor(
    private readonly paths: readonly string[],
    private readonly options: Pick<Options, "format" | "target" | "out">,
    /** Whether each picture's result is wanted. */
    private readonly isWanted: boolean,
  ) {
    if (options.out !== undefined) mkdirSync(options.out, { recursive: true });
    if (this.isJsonList) process.stdout.write("[\n");
  }

  /** @throws UserError when the language that was asked for cannot express the diagram */
  add(at: number, result: RunResult): void {
    if (!this.isWanted) return;
    const { out } = this.options;
    if (out !== undefined) writeFileSync(join(out, this.fileOf(at)), this.render(at, result));
    // One SARIF file holds all pictures: it is written at the end.
    else this.put(at, this.options.format === "sarif" ? "" : this.render(at, result));
  }

  /** A picture without a result. */
  skip(at: number, name: string, reason = "Cancelled."): void {
    if (this.options.out !== undefined || !this.isWanted) return;
    this.put(at, this.options.format === "json" ? toJson({ picture: { name }, error: reason }) : "");
  }

  end(): void {
    if (this.isJsonList) process.stdout.write("]\n");
  }

  private get isJsonList(): boolean {
    const { format, out } = this.options;
    return this.isWanted && format === "json" && out === undefined && this.paths.length > 1;
  }

  private put(at: number, text: string): void {
    this.texts[at] = text;
    for (let ready = this.texts[this.next]; ready !== undefined; ready = this.texts[++this.next]) {
      this.texts[this.next] = undefined;
      if (ready === "") continue;
      const isLast = this.next === this.paths.length - 1;
      const between = this.options.format === "markdown" && !isLast ? "\n" : "";
      process.stdout.write(this.isJsonList ? `${ready.trimEnd()}${isLast ? "" : ","}\n` : ready + between);
    }
  }

  private render(at: number, result: RunResult): string {
    const { format, target } = this.options;
    if (target) return diagramIn(target, result);
    if (format === "markdown") return reportToMarkdown(result.report);
    if (format === "json") return toJson(runToJson(result));
    const { sha256 } = result.picture;
    const path = shownPath(this.paths[at] ?? "");
    const picture = { path, sha256, state: "done" as const, report: slim(result.report) };
    return toJson(auditsToSarif(overviewOf("audit", [picture]), __VERSION__));
  }

  private fileOf(at: number): string {
    const { format, target } = this.options;
    const ending = target ? targets[target].ending : endings[format];
    const base = basename(this.paths[at] ?? "");
    let name = `${base}.${ending}`;
    for (let number = 2; this.taken.has(name); number++) name = `${base}-${number}.${ending}`;
    this.taken.add(name);
    return name;
  }
}

/** @throws UserError when the language cannot express the diagram */
function diagramIn(target: TargetId, result: RunResult): string {
  const read = known(diagram, result.asked?.answer, result);
  if (!read) throw new Error("A diagram is not read without asking");
  const { text, warnings } = emitTarget(read.graph, target);
  for (const warning of warnings) tell(`${result.picture.name}: ${warning}`);
  return text;
}
