import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Uri } from "vscode";
import { pictureAt, picturesOf, subjectOf } from "../../../src/editor/panel/subjects.js";
import { pagesOf } from "../../../src/editor/ways-in/pages.js";
import { readPicture } from "../../../src/editor/ways-in/pictures.js";
import { CancelledError } from "../../../src/errors.js";
import { sha256 } from "../../../src/image/sha256.js";
import { PictureProcess } from "../../../src/measure/process/pictureProcess.js";
import { refused } from "../../support/expect.js";
import { encrypted, writePdf } from "../../support/pdf.js";
import { freshFolder } from "../../support/stores.js";
import { standIn } from "../../support/vscodeStandIn.js";

async function fileOf(bytes: Uint8Array, name = "report.pdf"): Promise<Uri> {
  const path = join(await freshFolder(), name);
  await writeFile(path, bytes);
  return Uri.file(path);
}

describe("a document in the editor", () => {
  let counter: PictureProcess;
  before(() => {
    counter = new PictureProcess("dist/pictureProcess.js");
  });
  beforeEach(() => standIn.reset());
  after(() => counter.dispose());

  it("becomes the pages that the person picks; pictures stay what they are", async () => {
    const picture = await fileOf(Buffer.from("x"), "a.png");
    const document = await fileOf(writePdf([{}, {}, {}]));
    standIn.answers.push(["Page 1", "Page 3"]);
    const found = await pagesOf([picture, document], counter);
    assert.deepEqual(
      found.map(({ fragment }) => fragment),
      ["", "page=1", "page=3"],
    );
    assert.deepEqual(standIn.said, ["Pages of report.pdf"]);
    assert.deepEqual(await pagesOf(found, counter), found);
  });

  it("of one page is that page, unasked; nothing picked is nothing meant", async () => {
    const [page] = await pagesOf([await fileOf(writePdf([{}]))], counter);
    assert.deepEqual([page?.fragment, standIn.said], ["page=1", []]);
    const many = await fileOf(writePdf([{}, {}]));
    await assert.rejects(pagesOf([many], counter), CancelledError);
  });

  it("has pages with identities, names and places of their own", async () => {
    const pdf = writePdf([{}, {}]);
    const uri = (await fileOf(pdf)).with({ fragment: "page=2" });
    const id = `${sha256(pdf)}#page=2`;
    const { name, id: known, uri: place } = await pictureAt(uri);
    assert.deepEqual([name, known, place], ["report.pdf#page=2", id, uri.toString()]);
    assert.equal(subjectOf("read", await readPicture(uri)).id, id);
  });

  it("is opened with the password that the person gives, asked until it is the one", async () => {
    const uri = await fileOf(await encrypted(writePdf([{}]), "open sesame"));
    standIn.answers.push("sesame", "open sesame");
    const [page] = await pagesOf([uri], counter);
    assert.ok(page);
    assert.deepEqual(standIn.said, ["Password of report.pdf", "Password of report.pdf"]);
    const [{ password }] = picturesOf(subjectOf("read", await readPicture(page)));
    assert.equal(password, "open sesame");
    const other = await fileOf(await encrypted(writePdf([{}]), "another"));
    await assert.rejects(pagesOf([other], counter), CancelledError);
  });

  it("is refused in words where it cannot be opened", async () => {
    await refused(
      async () => pagesOf([await fileOf(Buffer.from("%PDF-1.7 cut"))], counter),
      /^report\.pdf: The PDF is damaged/,
    );
  });
});
