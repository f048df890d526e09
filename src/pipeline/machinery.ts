import { Circuit } from "../claude/circuit.js";
import type { Connection } from "../claude/connection.js";
import { MermaidParser } from "../workflows/diagram/mermaidParser.js";
import { PictureProcess } from "./pictureProcess.js";
import type { Surroundings } from "./run.js";

/** The processes and workers that runs share. They start, and the SDK loads, when they are first used. */
export class Machinery {
  private readonly pictures: PictureProcess;
  private readonly mermaid: MermaidParser;
  /** When the API is overloaded, all runs wait together. */
  private readonly circuit = new Circuit();

  /** @param bundled where a file of the bundle lies */
  constructor(bundled: (file: string) => string) {
    this.pictures = new PictureProcess(bundled("pictureProcess.js"));
    this.mermaid = new MermaidParser(bundled("mermaidWorker.js"));
  }

  /** @param connection absent when nobody is to be asked */
  async surroundings(connection: Connection | undefined): Promise<Surroundings> {
    return {
      ask: connection && (await import("../claude/ask.js")).createAsker(connection, this.circuit),
      prepare: (request, signal) => this.pictures.prepare(request, signal),
      checkMermaid: (text) => this.mermaid.parse(text),
      now: () => performance.now(),
    };
  }

  dispose(): void {
    this.pictures.dispose();
    this.mermaid.dispose();
  }
}
