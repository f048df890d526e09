import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Uri } from "vscode";
import { updateDiagram } from "../../../src/editor/diagram/updateDiagram.js";
import type { Services } from "../../../src/editor/services.js";
import { sha256 } from "../../../src/image/sha256.js";
import { runId } from "../../../src/store/runs/runSummary.js";
import { emitTarget } from "../../../src/workflows/diagram/emit/emitTarget.js";
import { withOrigin } from "../../../src/workflows/diagram/origin.js";
import type { Graph } from "../../../src/workflows/diagram/schema.js";
import { numbered } from "../../support/dependencies.js";
import { graph, node } from "../../support/diagrams.js";
import { askedRun, testServices } from "../../support/editorServices.js";
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
  const corrected = await askedRun("diagram", byHand);
  await services.history.keep(
    { ...corrected, picture: { ...corrected.picture, sha256: hash } },
    Uri.file(join(folder, "shots", "a.png")).toString(),
  );
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
  return { services, hash, replaced };
}

async function keptLabels(services: Services, hash: string): Promise<string[]> {
  const kept = await services.history.record(runId({ workflow: "diagram", sha256: hash }));
  return (kept?.asked?.answer as Graph | undefined)?.nodes.map(({ label }) => label) ?? [];
}

describe("updating an inserted diagram", () => {
  it("leaves what was corrected by hand alone while nobody has agreed (C5)", async () => {
    for (const answer of ["$(close) Keep it as it is", undefined]) {
      const { services, hash, replaced } = await inserted();
      standIn.answers.push("Read It Again", answer);
      await updateDiagram(services).catch((error: Error) => assert.equal(error.name, "CancelledError"));
      assert.deepEqual(await keptLabels(services, hash), ["Orders"]);
      assert.deepEqual(replaced, []);
    }
  });

  it("replaces the diagram, and keeps what was read, once the person agrees", async () => {
    const { services, hash, replaced } = await inserted();
    standIn.answers.push("Read It Again", "$(check) Replace the diagram");
    await updateDiagram(services);
    assert.match(replaced[0] ?? "", /Ordres/);
    assert.deepEqual(await keptLabels(services, hash), ["Ordres"]);
  });
});
