import { Uri } from "vscode";
import { UserError } from "../../errors.js";
import { readMessage } from "../../protocol/channel.js";
import { GraphAction, GraphState } from "../../protocol/graph.js";
import type { Document } from "../../report.js";
import { askedRun } from "../../run/refine.js";
import type { RunResult } from "../../store/runs/runResult.js";
import { diagram } from "../../workflows/diagram/diagram.js";
import { saveBytes } from "../insert/insert.js";
import { relativePath } from "../insert/relativePath.js";
import type { FeatureHost, ResultFeature } from "../panel/feature.js";
import { refineRun, stagesTo } from "../panel/runSubject.js";
import { picturesOf } from "../panel/subjects.js";
import { settings } from "../settings.js";
import { DiagramSession } from "./diagramSession.js";

/** A diagram that is corrected, refined and written in one language or another. */
export async function createGraphFeature(
  run: RunResult,
  host: FeatureHost,
): Promise<ResultFeature | undefined> {
  const asked = askedRun(run);
  if (!asked) return undefined;
  const { subject, services } = host;
  const { checkMermaid } = await services.dependencies(undefined);
  const session = new DiagramSession(asked, {
    checkMermaid,
    mermaidVersion: settings.mermaidVersion(diagram.id),
    changed: host.changed,
    keep: host.replace,
    refine: (before, sentence, places) =>
      host.whileRunning(`Refining: ${subject.name}`, (signal, say) =>
        refineRun(before, sentence, services, {
          signal,
          onEvent: stagesTo(say),
          again: { source: picturesOf(subject)[0], places },
        }),
      ),
  });
  return new GraphFeature(session, host);
}

class GraphFeature implements ResultFeature {
  constructor(
    private readonly session: DiagramSession,
    private readonly host: FeatureHost,
  ) {}

  view(): object {
    return this.session.view();
  }

  async act(raw: unknown): Promise<void> {
    const action = readMessage(GraphAction, raw);
    switch (action.action) {
      case "saveDrawing":
        return this.save(action.format, Buffer.from(action.bytes, "base64"));
      case "drawingFailed":
        throw new UserError({
          code: "outputNotWritable",
          problem: `The drawing could not be made into a file: ${action.reason}`,
          advice: "Save it in the other format, or insert its text.",
          picture: this.host.subject.name,
        });
      default:
        return this.session.act(action);
    }
  }

  async document(_: Uri | undefined, place: Uri | undefined): Promise<Document> {
    const { uri } = this.host.subject;
    return this.session.document(place && uri && relativePath(place, uri));
  }

  async restore(kept: unknown): Promise<void> {
    const typed = GraphState.safeParse(kept).data;
    if (!typed) return;
    await this.session.act({ action: "target", target: typed.target });
    await this.session.act({ action: "edit", text: typed.text });
  }

  private async save(format: "svg" | "png", bytes: Uint8Array): Promise<void> {
    const { uri, name } = this.host.subject;
    const folder = uri && Uri.joinPath(uri, "..");
    await saveBytes(bytes, name.replace(/\.[^.]*$/, `.diagram.${format}`), format, folder);
  }
}
