import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Uri } from "vscode";
import { convertDiagram } from "../../../src/editor/convert/convertDiagram.js";
import { testServices } from "../../support/editorServices.js";
import { freshFolder } from "../../support/stores.js";
import { standIn, window, workspace } from "../../support/vscodeStandIn.js";

const dot = 'digraph {\n  order [shape=box label="Order"]\n  order -> ship [label="paid"]\n}\n';
const mermaid = 'flowchart TB\n  order["Order"]\n  ship(["ship"])\n  order -->|"paid"| ship\n';

/** A folder with these files, and services that ask nobody. */
async function folderWith(files: Record<string, string>) {
  const services = await testServices({ ask: async () => assert.fail("Nothing is sent") });
  const folder = await freshFolder();
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return { services, at: (name: string) => Uri.file(join(folder, name)) };
}

/** What was written, and where. */
const written = () => standIn.applied.flatMap(({ edits }) => edits);

/** The person edits a file, with the cursor in a line. Lines from 0. */
async function edit(uri: Uri, line: number): Promise<void> {
  const document = await workspace.openTextDocument(uri);
  workspace.textDocuments = [document];
  window.activeTextEditor = { document, selection: { active: { line } } };
}

describe("Convert Diagram to…", () => {
  it("opens a file in another language as a new document beside it", async () => {
    const { services, at } = await folderWith({ "flow.dot": dot });
    standIn.answers.push("Mermaid");
    await convertDiagram(at("flow.dot"), services);
    assert.deepEqual(standIn.said, ["Convert Diagram in Graphviz DOT to…"]);
    assert.deepEqual(written(), [`${at("flow.mmd").path} at line 0: ${mermaid}`]);
    assert.deepEqual(
      standIn.shown.map(({ uri }) => [uri.scheme, uri.path]),
      [["untitled", at("flow.mmd").path]],
    );
  });

  it("takes what is being edited before what is saved, and a name that is free", async () => {
    const { services, at } = await folderWith({ "flow.dot": "digraph { old }", "flow.mmd": "" });
    await writeFile(at("flow.dot").path, dot);
    await edit(at("flow.dot"), 0);
    await writeFile(at("flow.dot").path, "digraph { saved }");
    standIn.answers.push("Mermaid");
    await convertDiagram(undefined, services);
    assert.deepEqual(written(), [`${at("flow-2.mmd").path} at line 0: ${mermaid}`]);
  });

  it("opens the fenced block in which the cursor is, and no other", async () => {
    const fence = (text: string) => `\`\`\`dot\n${text}\`\`\`\n`;
    const { services, at } = await folderWith({
      "notes.md": `# Notes\n\n${fence("digraph { other }\n")}\n${fence(dot)}`,
    });
    await edit(at("notes.md"), 8);
    standIn.answers.push("Mermaid");
    await convertDiagram(at("notes.md"), services);
    assert.deepEqual(written(), [`${at("notes.mmd").path} at line 0: ${mermaid}`]);
  });

  it("says what was lost, all of it where the person asks", async () => {
    const { services, at } = await folderWith({
      "flow.dot": "digraph {\n  a [tooltip=x]\n  a -> b [weight=2]\n}\n",
    });
    standIn.answers.push("Mermaid", "Show All");
    await convertDiagram(at("flow.dot"), services);
    assert.equal(
      standIn.said[1],
      "The diagram was converted, and 2 things are to be said. Line 2: “tooltip” is left out.",
    );
    assert.equal(
      standIn.shown.at(-1)?.getText(),
      "Line 2: “tooltip” is left out.\nLine 3: “weight” is left out.\n",
    );
  });

  it("opens nothing when no language is picked", async () => {
    const { services, at } = await folderWith({ "flow.dot": dot });
    await convertDiagram(at("flow.dot"), services);
    assert.deepEqual([written(), standIn.shown], [[], []]);
  });

  it("says which text cannot be read, and where there is none", async () => {
    const { services, at } = await folderWith({ "bad.dot": "digraph {", "notes.md": "# Notes\n" });
    await assert.rejects(convertDiagram(at("bad.dot"), services), {
      code: "wrongInput",
      picture: "bad.dot",
      problem: /^This is no diagram in Graphviz DOT that can be converted: /,
    });
    await edit(at("notes.md"), 0);
    await assert.rejects(convertDiagram(undefined, services), { problem: "There is no diagram here." });
    await writeFile(at("large.dot").path, `digraph {}${" ".repeat(1024 * 1024)}`);
    await assert.rejects(convertDiagram(at("large.dot"), services), {
      problem: "The diagram's text is larger than 1 MB.",
    });
  });
});
