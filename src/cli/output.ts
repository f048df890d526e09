import { basename, join } from "node:path";
import { type Format, formatNamed, renderOne, toJson } from "../render/formats.js";
import { currentAnswer, type RunResult } from "../store/runs/runResult.js";
import { plainName } from "../text/plain.js";
import { diagram } from "../workflows/diagram/diagram.js";
import { emitTarget } from "../workflows/diagram/emit/emitTarget.js";
import type { EmitOptions } from "../workflows/diagram/emit/emitted.js";
import { type TargetId, targets } from "../workflows/diagram/emit/targets.js";
import { known } from "../workflows/workflow.js";
import { writeResult } from "./destinations.js";
import type { Options } from "./options.js";
import { shownPath } from "./pictures.js";
import { logStderr, writeStdout } from "./terminal.js";

/** Writes each picture's result: to a file of its own, or to standard output in the order in which they were named. */
export class Output {
  private readonly texts: Array<string | undefined> = [];
  private next = 0;
  /** Of each picture, in the order in which they were named: whichever ends first, its file is the same. */
  private readonly files: readonly string[];
  private readonly format: Format;

  constructor(
    private readonly paths: readonly string[],
    private readonly options: Pick<Options, "format" | "target" | "mermaid-version" | "out">,
    /** Whether each picture's result is wanted. */
    private readonly isWanted: boolean,
  ) {
    this.format = formatNamed(options.format);
    this.files = fileNames(paths, options.target ? targets[options.target].ending : this.format.ending);
    if (this.isJsonList) writeStdout("[\n");
  }

  /** @throws UserError when the language that was asked for cannot express the diagram */
  add(index: number, result: RunResult): void {
    if (!this.isWanted) return;
    const { out } = this.options;
    if (out !== undefined) writeResult(join(out, this.files[index] ?? ""), this.render(index, result));
    // A format that holds all pictures in one report is written at the end.
    else this.put(index, this.textOf(result) ?? "");
  }

  /** A picture without a result. */
  skip(index: number, name: string, reason = "Cancelled."): void {
    this.say(index, { picture: { name }, error: reason });
  }

  /** What is said of a picture that no workflow was run on; a list of JSON holds it, too. */
  say(index: number, what: object): void {
    if (this.options.out !== undefined || !this.isWanted) return;
    this.put(index, this.options.format === "json" ? toJson(what) : "");
  }

  end(): void {
    if (this.isJsonList) writeStdout("]\n");
  }

  private get isJsonList(): boolean {
    const { format, out } = this.options;
    return this.isWanted && format === "json" && out === undefined && this.paths.length > 1;
  }

  private put(index: number, text: string): void {
    this.texts[index] = text;
    for (let ready = this.texts[this.next]; ready !== undefined; ready = this.texts[++this.next]) {
      this.texts[this.next] = undefined;
      if (ready === "") continue;
      const isLast = this.next === this.paths.length - 1;
      const between = this.options.format === "markdown" && !isLast ? "\n" : "";
      writeStdout(this.isJsonList ? `${ready.trimEnd()}${isLast ? "" : ","}\n` : ready + between);
    }
  }

  private render(index: number, result: RunResult): string | Uint8Array {
    return this.textOf(result) ?? renderOne(this.format, result, shownPath(this.paths[index] ?? ""));
  }

  /** Undefined for a format that knows one report alone. */
  private textOf(result: RunResult): string | undefined {
    const { target, "mermaid-version": mermaidVersion } = this.options;
    return target ? diagramIn(target, { mermaidVersion }, result) : this.format.one?.(result);
  }
}

/** A name for each picture's result; those that would be the same are numbered. */
function fileNames(paths: readonly string[], ending: string): string[] {
  const taken = new Set<string>();
  return paths.map((path) => {
    const base = plainName(basename(path));
    let name = `${base}.${ending}`;
    for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${base}-${number}.${ending}`;
    // Some file systems do not tell case apart.
    taken.add(name.toLowerCase());
    return name;
  });
}

/** @throws UserError when the language cannot express the diagram */
function diagramIn(target: TargetId, options: EmitOptions, result: RunResult): string {
  const read = known(diagram, currentAnswer(result), result.pictures);
  if (!read) throw new Error("A diagram is not read without asking");
  const { text, warnings } = emitTarget(read.graph, target, options);
  for (const warning of warnings) logStderr(`${result.pictures[0].picture.name}: ${warning}`);
  return text;
}
