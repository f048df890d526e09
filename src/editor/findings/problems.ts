import { Diagnostic, DiagnosticSeverity, languages, Range, Uri, workspace } from "vscode";
import { type Finding, standing } from "../../report.js";
import { oneLine } from "../../text/plain.js";
import { section } from "../contributions.js";
import { settings } from "../settings.js";

interface Shown {
  uri: Uri;
  findings: readonly Finding[];
}

/**
 * Measured failures in the Problems panel, on the picture's file, while a result about it is open. Several results may
 * be open on one file: each shows and clears its own.
 */
export class Problems {
  private readonly collection = languages.createDiagnosticCollection("Screenshot Workbench");
  private readonly shown = new Map<object, Shown>();
  private readonly watching = workspace.onDidChangeConfiguration((change) => {
    if (!change.affectsConfiguration(`${section}.problems`)) return;
    for (const { uri } of this.shown.values()) this.write(uri);
  });

  /** @param owner whose findings these are, in the place of its earlier ones */
  show(owner: object, uri: Uri, findings: readonly Finding[]): void {
    this.shown.set(owner, { uri, findings });
    this.write(uri);
  }

  clear(owner: object): void {
    const uri = this.shown.get(owner)?.uri;
    this.shown.delete(owner);
    if (uri) this.write(uri);
  }

  dispose(): void {
    this.watching.dispose();
    this.collection.dispose();
  }

  private write(uri: Uri): void {
    const open = [...this.shown.values()].filter((shown) => shown.uri.toString() === uri.toString());
    if (open.length === 0) return this.collection.delete(uri);
    // The same finding of two results is listed once.
    const findings = new Map(open.flatMap((shown) => shown.findings).map((one) => [one.key, one]));
    const measured = settings.problems()
      ? standing([...findings.values()]).filter(({ evidence }) =>
          ["measured", "confirmed"].includes(evidence),
        )
      : [];
    this.collection.set(uri, measured.map(diagnosticOf));
  }
}

function diagnosticOf({ title, criterion, measured, box }: Finding): Diagnostic {
  const place = box ? ` (picture px ${Math.round(box.x)}, ${Math.round(box.y)})` : "";
  const message = `${oneLine(title, 200)}${place}. ${measured ?? ""}`;
  const severity = criterion?.level === "AAA" ? DiagnosticSeverity.Information : DiagnosticSeverity.Warning;
  // A picture has no lines.
  const diagnostic = new Diagnostic(new Range(0, 0, 0, 0), message, severity);
  diagnostic.source = "Screenshot Workbench";
  if (criterion) diagnostic.code = { value: `WCAG ${criterion.number}`, target: Uri.parse(criterion.url) };
  return diagnostic;
}
