import type { Connection } from "../claude/connection.js";
import { ImageProcess } from "../image/process.js";
import { MermaidParser } from "../workflows/diagram/mermaidParser.js";
import type { Surroundings } from "./run.js";

/** The processes and workers that runs share. They start, and the SDK loads, when they are first used. */
export class Machinery {
  private readonly images: ImageProcess;
  private readonly mermaid: MermaidParser;

  /** @param bundled where a file of the bundle lies */
  constructor(bundled: (file: string) => string) {
    this.images = new ImageProcess(bundled("imageProcess.js"));
    this.mermaid = new MermaidParser(bundled("mermaidWorker.js"));
  }

  async surroundings(connection: Connection): Promise<Surroundings> {
    const { createAsker } = await import("../claude/ask.js");
    return {
      ask: createAsker(connection),
      prepare: (request, signal) => this.images.prepare(request, signal),
      checkMermaid: (text) => this.mermaid.parse(text),
      now: () => performance.now(),
    };
  }

  dispose(): void {
    this.images.dispose();
    this.mermaid.dispose();
  }
}
