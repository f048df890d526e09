import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  CancellationTokenSource,
  DataTransfer,
  DataTransferItem,
  type DocumentPasteEdit,
  DocumentPasteTriggerKind,
  Position,
  Range,
  Uri,
  workspace,
} from "vscode";
import { Log } from "../../../src/editor/log.js";
import { PasteAndDrop, registerPasteAndDrop } from "../../../src/editor/ways-in/pasteAndDrop.js";
import { auditAnswer, diagramAnswer, triageAnswer } from "../../support/cannedAnswers.js";
import { numbered } from "../../support/dependencies.js";
import { testServices, type World } from "../../support/editorServices.js";
import { freshFolder } from "../../support/stores.js";
import { standIn, workspace as window } from "../../support/vscodeStandIn.js";

async function pasting(world: World, file: string, text: string) {
  const services = await testServices(world);
  const folder = await freshFolder();
  window.workspaceFolders = [{ uri: Uri.file(folder), name: "w" }];
  await writeFile(join(folder, file), text);
  const document = await workspace.openTextDocument(Uri.file(join(folder, file)));
  const bytes = await numbered(1);
  const data = new DataTransfer();
  data.set("image/png", new DataTransferItem({ name: "image.png", data: async () => bytes }));
  const provider = new PasteAndDrop(services.log, async () => services);
  const { token } = new CancellationTokenSource();
  const offers = (triggerKind: DocumentPasteTriggerKind) =>
    provider.provideDocumentPasteEdits(document, [new Range(2, 0, 2, 0)], data, {
      only: undefined,
      triggerKind,
    });
  /** Takes an offer by its title. */
  const paste = async (title: string): Promise<DocumentPasteEdit> => {
    const offer = (await offers(DocumentPasteTriggerKind.PasteAs)).find((one) => one.title === title);
    assert.ok(offer);
    return provider.resolveDocumentPasteEdit(offer, token);
  };
  return { folder, document, data, provider, offers, paste };
}

const titles = (edits: readonly DocumentPasteEdit[]) => edits.map(({ title }) => title);
const workflowTitles = ["Paste as Filled Issue", "Paste as Mermaid", "Paste as Audit Report"];
const nobody: World = { ask: async () => undefined };
const { Automatic, PasteAs } = DocumentPasteTriggerKind;

describe("a pasted picture", () => {
  it("is a link in Markdown unless a workflow is chosen", async () => {
    const { offers } = await pasting(nobody, "a.md", "\n\n\n");
    const edits = await offers(Automatic);
    assert.deepEqual(titles(edits), ["Paste Picture Link", ...workflowTitles]);
    assert.equal(edits[0]?.insertText, "![Screenshot](image.png)");
    for (const edit of edits.slice(1)) assert.ok(edit.yieldTo?.length, "it is never the silent default");
  });

  it("is offered elsewhere only when somebody asks for it, and nowhere without trust", async () => {
    const { offers } = await pasting(nobody, "a.txt", "\n\n\n");
    assert.deepEqual(titles(await offers(Automatic)), []);
    assert.deepEqual(titles(await offers(PasteAs)), ["Paste Picture Link", ...workflowTitles]);
    window.isTrusted = false;
    assert.deepEqual(titles(await offers(PasteAs)), []);
  });

  it("is dropped as a workflow's result only where VS Code itself has a default", async () => {
    const { provider, document, data } = await pasting(nobody, "a.md", "\n\n\n");
    const drop = () => provider.provideDocumentDropEdits(document, new Position(0, 0), data);
    assert.deepEqual(await drop(), []);
    data.set("text/uri-list", new DataTransferItem(undefined));
    assert.equal((await drop()).length, 3);
  });

  it("becomes a report, and is saved beside the document", async () => {
    const { folder, paste } = await pasting({ ask: async () => auditAnswer }, "a.md", "\n\n\n");
    const { insertText, additionalEdit } = await paste("Paste as Audit Report");
    assert.match(String(insertText), /^# /);
    assert.deepEqual(additionalEdit && "edits" in additionalEdit && additionalEdit.edits, [
      `create ${join(folder, "image.png")}`,
    ]);
  });

  it("becomes a diagram that says which picture it comes from", async () => {
    const { paste } = await pasting({ ask: async () => diagramAnswer }, "a.md", "\n\n\n");
    const { insertText } = await paste("Paste as Mermaid");
    assert.match(
      String(insertText),
      /^```mermaid\n---\ntitle: .*\n---\n%% screenshot-workbench: mermaid from image\.png [0-9a-f]{64}\n/,
    );
  });

  it("fills in the issue template that it is pasted into, at its headings", async () => {
    const template = "## What happened\n\n\n## Browser\n\n## Mood\nhow you feel\n";
    const { paste } = await pasting({ ask: async () => triageAnswer }, "a.md", template);
    const { insertText, additionalEdit } = await paste("Paste as Filled Issue");
    assert.match(String(insertText), /payment/);
    const edits = additionalEdit && "edits" in additionalEdit ? String(additionalEdit.edits) : "";
    assert.match(edits, /lines 4 to 5: \nFirefox/);
    assert.doesNotMatch(edits, /how you feel/);
  });

  it("inserts nothing when the run fails, and says why", async () => {
    const failing = async () => {
      throw new Error("no");
    };
    const { paste } = await pasting({ ask: failing }, "a.md", "\n\n\n");
    const { insertText } = await paste("Paste as Audit Report");
    assert.equal(insertText, "");
    assert.match(standIn.said.join(), /Something unexpected went wrong/);
  });

  it("is taken for each workflow's own kind of pasting", async () => {
    standIn.reset();
    registerPasteAndDrop(new Log(), async () => testServices(nobody));
    const kinds = JSON.stringify(standIn.pasting[0]?.metadata);
    for (const kind of ["link", "triage", "diagram", "audit"])
      assert.ok(kinds.includes(`"screenshotWorkbench.${kind}"`), kind);
  });
});
