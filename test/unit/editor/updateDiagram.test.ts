import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Uri } from "vscode";
import { updateDiagram } from "../../../src/editor/diagram/updateDiagram.js";
import { subjectAt } from "../../../src/editor/panel/subjects.js";
import type { Services } from "../../../src/editor/services.js";
import { sha256 } from "../../../src/image/sha256.js";
import { currentAnswer } from "../../../src/store/runs/runResult.js";
import { emitTarget } from "../../../src/workflows/diagram/emit/emitTarget.js";
import { withOrigin } from "../../../src/workflows/diagram/origin.js";
import { Graph } from "../../../src/workflows/diagram/schema.js";
import { numbered } from "../../support/dependencies.js";
import { graph, node } from "../../support/diagrams.js";
import { runWith, testServices } from "../../support/editorServices.js";
import { freshFolder } from "../../support/stores.js";
import { standIn, window, workspace } from "../../support/vscodeStandIn.js";

const asRead = graph("flowchart", "Shop", { nodes: [node("a", "Ordres")] });
const byHand = graph("flowchart", "Shop", { nodes: [node("a", "Orders")] });

/** A document with the diagram of a picture that was corrected by hand. */
async function inserted() {
  const services = await testServices({ ask: async () => asRead });
  const folder = await freshFolder();
  const bytes = await numbered(1);
  await mkdir(join(folder, "shots"));
  await writeFile(join(folder, "shots", "a.png"), bytes);
  workspace.workspaceFolders = [{ uri: Uri.file(folder), name: "w" }];
  const hash = sha256(bytes);
  const read = await runWith(services, await subjectAt("diagram", Uri.file(join(folder, "shots", "a.png"))));
  await services.history.keep({ ...read, edits: [{ answer: byHand, time: new Date().toISOString() }] });
  const { text } = emitTarget(byHand, "mermaid");
  const lines = withOrigin(text, "mermaid", { path: "shots/a.png", sha256: hash }).split("\n");
  const replaced: string[] = [];
  const document = {
    uri: Uri.file(join(folder, "notes.mmd")),
    languageId: "mermaid",
    lineCount: lines.length,
    getText: () => lines.join("\n"),
    validateRange: (range: unknown) => range,
  };
  const edit = async (make: (builder: { replace(range: unknown, by: string): void }) => void) => {
    make({ replace: (_, by) => replaced.push(by) });
    return true;
  };
  window.activeTextEditor = { document, selection: { active: { line: 1 } }, edit };
  return { services, key: read.runKey, replaced };
}

async function keptLabels(services: Services, key: string): Promise<string[]> {
  const kept = await services.history.record(key);
  return kept ? Graph.parse(currentAnswer(kept)).nodes.map(({ label }) => label) : [];
}

describe("updating an inserted diagram", () => {
  it("leaves what was corrected by hand alone while nobody has agreed (C5)", async () => {
    for (const answer of ["$(close) Keep it as it is", undefined]) {
      const { services, key, replaced } = await inserted();
      standIn.answers.push("Read It Again", answer);
      await updateDiagram(services).catch((error: Error) => assert.equal(error.name, "CancelledError"));
      assert.deepEqual(await keptLabels(services, key), ["Orders"]);
      assert.deepEqual(replaced, []);
    }
  });

  it("replaces the diagram, and keeps what was read, once the person agrees", async () => {
    const { services, key, replaced } = await inserted();
    standIn.answers.push("Read It Again", "$(check) Replace the diagram");
    await updateDiagram(services);
    // Called as in the text before, whose label was corrected by hand.
    assert.match(replaced[0] ?? "", /^ {2}orders\["Ordres"\]$/m);
    assert.deepEqual(await keptLabels(services, key), ["Ordres"]);
  });
});
