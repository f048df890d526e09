import { basename, join } from "node:path";
import { runToJson } from "../render/json.js";
import { reportToMarkdown } from "../render/markdown.js";
import { overviewOf, slim } from "../render/overview.js";
import { auditsToSarif } from "../render/sarif.js";
import type { RunResult } from "../store/runs/runResult.js";
import { diagram } from "../workflows/diagram/diagram.js";
import { emitTarget } from "../workflows/diagram/emit/emitTarget.js";
import { type TargetId, targets } from "../workflows/diagram/emit/targets.js";
import { known } from "../workflows/workflow.js";
import { writeResult } from "./destinations.js";
import { logStderr } from "./logStderr.js";
import type { Options } from "./options.js";
import { shownPath } from "./pictures.js";

const endings = { markdown: "md", json: "json", sarif: "sarif" } as const;

export const toJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Writes each picture's result: to a file of its own, or to standard output in the order in which they were named. */
export class Output {
  private readonly texts: Array<string | undefined> = [];
  private next = 0;
  /** Of each picture, in the order in which they were named: whichever ends first, its file is the same. */
  private readonly files: readonly string[];

  constructor(
    private readonly paths: readonly string[],
    private readonly options: Pick<Options, "format" | "target" | "out">,
    /** Whether each picture's result is wanted. */
    private readonly isWanted: boolean,
  ) {
    this.files = fileNames(paths, options.target ? targets[options.target].ending : endings[options.format]);
    if (this.isJsonList) process.stdout.write("[\n");
  }

  /** @throws UserError when the language that was asked for cannot express the diagram */
  add(at: number, result: RunResult): void {
    if (!this.isWanted) return;
    const { out } = this.options;
    if (out !== undefined) writeResult(join(out, this.files[at] ?? ""), this.render(at, result));
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
}

/** A name for each picture's result; those that would be the same are numbered. */
function fileNames(paths: readonly string[], ending: string): string[] {
  const taken = new Set<string>();
  return paths.map((path) => {
    const base = basename(path);
    let name = `${base}.${ending}`;
    for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${base}-${number}.${ending}`;
    // Some file systems do not tell case apart.
    taken.add(name.toLowerCase());
    return name;
  });
}

/** @throws UserError when the language cannot express the diagram */
function diagramIn(target: TargetId, result: RunResult): string {
  const read = known(diagram, result.asked?.answer, result);
  if (!read) throw new Error("A diagram is not read without asking");
  const { text, losses } = emitTarget(read.graph, target);
  for (const loss of losses) logStderr(`${result.picture.name}: ${loss}`);
  return text;
}
