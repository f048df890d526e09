import { documentOf } from "../../render/document.js";
import type { RunResult } from "../../store/runs/runResult.js";
import { withOrigin } from "../../workflows/diagram/origin.js";
import { relativePath } from "../insert/relativePath.js";
import { inDocument, type PastePlace } from "../ways-in/pastePlace.js";

/** A diagram for a document: it says which picture it comes from. */
export async function pastedGraph(
  { report, picture }: RunResult,
  { document, file }: PastePlace,
): Promise<string> {
  const content = documentOf(report);
  const path = file && relativePath(document.uri, file);
  if (path === undefined) return inDocument(content, document);
  const text = withOrigin(content.text, "mermaid", { path, sha256: picture.sha256 });
  return inDocument({ ...content, text }, document);
}
