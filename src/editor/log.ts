import { type LogOutputChannel, window } from "vscode";
import type { RunEvent } from "../run/ask.js";
import { describeEstimate } from "../run/describeEstimate.js";
import type { RunResult } from "../store/runs/runResult.js";

/** The log: what was asked and how long it took. Never content, never a key. */
export class Log {
  private readonly channel: LogOutputChannel = window.createOutputChannel("Screenshot Workbench", {
    log: true,
  });

  show(): void {
    this.channel.show();
  }

  event(workflow: string, event: RunEvent): void {
    switch (event.type) {
      case "prepared":
        for (const { width, height, mediaType, bytes } of event.picture.parts)
          this.channel.info(
            `${workflow}: prepared ${width} × ${height} px, ${mediaType}, ${bytes.length} bytes`,
          );
        return;
      case "asking":
        return this.channel.info(`${workflow}: asking: ${describeEstimate(event.estimate)}`);
      case "waiting":
        return this.channel.warn(
          `${workflow}: ${event.wait.reason} Waiting ${Math.round(event.wait.milliseconds)} ms`,
        );
      case "billed":
        return this.channel.info(
          `${workflow}: ${event.requestId ?? "no request id"}, ${JSON.stringify(event.usage)}`,
        );
    }
  }

  done({ workflow, asked, milliseconds, measurement }: RunResult): void {
    const by = asked ? `by ${asked.model}, ${asked.requestId ?? "no request id"}` : "without asking";
    const { texts, controls, secrets } = measurement;
    this.channel.info(
      `${workflow}: done ${by}, in ${Math.round(milliseconds)} ms; ${texts.length} texts, ${controls.length} controls, ${secrets.length} likely secrets`,
    );
  }

  /** Something that went wrong and was dealt with. */
  warn(what: string): void {
    this.channel.warn(what);
  }

  /** The error's kind and place, and the API's request id; never its text, which may quote the picture. */
  error(what: string, error: unknown): void {
    const causes: string[] = [];
    for (let at = error; at instanceof Error; at = at.cause) {
      const id = "requestID" in at && typeof at.requestID === "string" ? ` ${at.requestID}` : "";
      const status = "status" in at && typeof at.status === "number" ? ` ${at.status}` : "";
      const frame = at.stack?.split("\n").find((line) => line.trim().startsWith("at ")) ?? "";
      causes.push(`${at.name}${status}${id} ${frame.trim()}`);
    }
    this.channel.error(`${what}: ${causes.join(" ← ") || typeof error}`);
  }

  dispose(): void {
    this.channel.dispose();
  }
}
