import { Diagnostic, DiagnosticSeverity, languages, Range, type Uri, Uri as VsUri, workspace } from "vscode";
import { type Finding, standing } from "../../report.js";
import { oneLine } from "../../text/plain.js";
import { section } from "../contributions.js";
import { settings } from "../settings.js";

/** Measured failures in the Problems panel, on the picture's file, while its result is open. */
export class Problems {
  private readonly collection = languages.createDiagnosticCollection("Screenshot Workbench");
  private readonly shown = new Map<string, { uri: Uri; findings: readonly Finding[] }>();
  private readonly watching = workspace.onDidChangeConfiguration((change) => {
    if (!change.affectsConfiguration(`${section}.problems`)) return;
    for (const { uri, findings } of this.shown.values()) this.write(uri, findings);
  });

  show(uri: Uri, findings: readonly Finding[]): void {
    this.shown.set(uri.toString(), { uri, findings });
    this.write(uri, findings);
  }

  clear(uri: Uri): void {
    this.shown.delete(uri.toString());
    this.collection.delete(uri);
  }

  dispose(): void {
    this.watching.dispose();
    this.collection.dispose();
  }

  private write(uri: Uri, findings: readonly Finding[]): void {
    const measured = settings.problems()
      ? standing(findings).filter(({ evidence }) => evidence === "measured" || evidence === "confirmed")
      : [];
    this.collection.set(uri, measured.map(diagnosticOf));
  }
}

function diagnosticOf({ title, criterion, measured, box }: Finding): Diagnostic {
  const place = box ? ` (at ${Math.round(box.x)}, ${Math.round(box.y)} px)` : "";
  const message = `${oneLine(title, 200)}${place}. ${measured ?? ""}`;
  const severity = criterion.level === "AAA" ? DiagnosticSeverity.Information : DiagnosticSeverity.Warning;
  // A picture has no lines.
  const diagnostic = new Diagnostic(new Range(0, 0, 0, 0), message, severity);
  diagnostic.source = "Screenshot Workbench";
  diagnostic.code = { value: `WCAG ${criterion.number}`, target: VsUri.parse(criterion.url) };
  return diagnostic;
}
