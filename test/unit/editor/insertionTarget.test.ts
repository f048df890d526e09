import assert from "node:assert/strict";
import { Uri } from "vscode";
import { InsertionTarget } from "../../../src/editor/insert/insertionTarget.js";
import { relativePath } from "../../../src/editor/insert/relativePath.js";
import { standIn, window } from "../../support/vscodeStandIn.js";

describe("where a result is inserted", () => {
  beforeEach(() => standIn.reset());
  const editor = (document: object) => ({ document, viewColumn: 2 });

  it("is the last text editor, though a panel has the focus now", () => {
    const [a, b] = [editor({ name: "a" }), editor({ name: "b" })];
    window.activeTextEditor = a;
    window.visibleTextEditors = [a, b];
    const target = new InsertionTarget();
    assert.equal(target.editor, a);
    window.activate(b);
    window.activate(undefined);
    assert.equal(target.editor, b);
  });

  it("is the same document in a new editor, and nowhere once that is closed", () => {
    const document = { name: "a" };
    window.activate(editor(document));
    const target = new InsertionTarget();
    window.activate(editor(document));
    const again = editor(document);
    window.visibleTextEditors = [again];
    assert.equal(target.editor, again);
    window.visibleTextEditors = [];
    assert.equal(target.editor, undefined);
  });

  it("is a way to the picture only within one file system", () => {
    const picture = Uri.file("/w/shots/a.png");
    assert.equal(relativePath(Uri.file("/w/docs/a.md"), picture), "../shots/a.png");
    assert.equal(relativePath(Uri.parse("untitled:/a.md"), picture), undefined);
  });
});
