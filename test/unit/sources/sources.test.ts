import assert from "node:assert/strict";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { sha256 } from "../../../src/image/sha256.js";
import { pictureOfBytes } from "../../../src/sources/bytes.js";
import { pageRanges } from "../../../src/sources/parts.js";
import { fileHash, PictureId, partOf } from "../../../src/sources/picture.js";
import { refused } from "../../support/expect.js";
import { encrypted, writePdf } from "../../support/pdf.js";
import { plainSources } from "../../support/sources.js";
import { freshFolder } from "../../support/stores.js";

describe("the ways in", () => {
  let folder: string;
  const { pictureAt, placesOf } = plainSources();
  beforeEach(async () => {
    folder = await freshFolder();
  });

  it("are files as they are named, and the pictures in folders, in order", async () => {
    await mkdir(join(folder, "shots", "deep"), { recursive: true });
    for (const name of ["shots/b.png", "shots/a.png", "shots/deep/c.jpg", "shots/notes.md", "z.txt"])
      await writeFile(join(folder, name), name);
    const named = [join(folder, "z.txt"), join(folder, "shots"), join(folder, "missing.png")];
    assert.deepEqual(
      (await placesOf(named)).map((place) => place.slice(folder.length + 1)),
      ["z.txt", "shots/a.png", "shots/b.png", "shots/deep/c.jpg", "missing.png"],
    );
  });

  it("give a picture its name, its identity and its place", async () => {
    const path = join(folder, "a.png");
    await writeFile(path, "bytes");
    const { name, id, uri, bytes } = await pictureAt(path);
    assert.deepEqual([name, id, uri], ["a.png", sha256(Buffer.from("bytes")), pathToFileURL(path).href]);
    assert.equal(Buffer.from(await bytes()).toString(), "bytes");
    const pasted = pictureOfBytes("pasted.png", Buffer.from("bytes"));
    assert.deepEqual([pasted.id, pasted.uri], [id, undefined]);
  });

  it("are the pages of a document: all, those of a range, or the one that is named", async () => {
    const path = join(folder, "report.pdf");
    const pdf = writePdf([{}, {}, {}, {}]);
    await writeFile(path, pdf);
    const places = async (named: string, pages?: string) => {
      const ways = plainSources({ pages: pages === undefined ? undefined : pageRanges.parse(pages) });
      return (await ways.placesOf([named])).map((place) => place.slice(path.length));
    };
    assert.deepEqual(await places(path), ["#page=1", "#page=2", "#page=3", "#page=4"]);
    assert.deepEqual(await places(path, "2,3-4,4"), ["#page=2", "#page=3", "#page=4"]);
    assert.deepEqual(await places(`${path}#page=2-3`, "1"), ["#page=2", "#page=3"]);
    await refused(() => places(path, "3-9"), /^report\.pdf: It has 4 pages, and no page 9/);
    const { name, id, uri, bytes } = await pictureAt(`${path}#page=3`);
    assert.deepEqual([name, id], ["report.pdf#page=3", `${sha256(pdf)}#page=3`]);
    assert.equal(uri, `${pathToFileURL(path).href}#page=3`);
    assert.deepEqual(Buffer.from(await bytes()), pdf);
  });

  it("tell a document by its bytes, and a file whose name looks like a page by its name", async () => {
    const hidden = join(folder, "picture.png");
    await writeFile(hidden, writePdf([{}, {}]));
    assert.equal((await placesOf([hidden])).length, 2);
    const named = join(folder, "x.png#page=2");
    await writeFile(named, "bytes");
    assert.deepEqual(await placesOf([named]), [named]);
    assert.equal((await pictureAt(named)).id, sha256(Buffer.from("bytes")));
  });

  it("leave a document out of a folder that is named, and what is wrong with one to its turn", async () => {
    const path = join(folder, "report.pdf");
    await writeFile(path, "%PDF-1.7 cut short");
    assert.deepEqual(await placesOf([path]), [path]);
    await refused(() => placesOf([folder]), /There is no picture/);
  });

  it("refuse a document of three thousand pages, in words, and take some of them", async () => {
    const path = join(folder, "register.pdf");
    await writeFile(path, writePdf(Array(3000).fill({})));
    await refused(() => placesOf([path]), /^register\.pdf: It has 3,000 pages; at most 600 .* --pages 1-20/);
    assert.equal((await placesOf([`${path}#page=2999-3000`])).length, 2);
  });

  it("open a document with its password", async () => {
    const path = join(folder, "payroll.pdf");
    await writeFile(path, await encrypted(writePdf([{}, {}]), "open sesame"));
    const ways = plainSources({ password: async () => "open sesame" });
    assert.equal((await ways.placesOf([path])).length, 2);
    assert.equal((await ways.pictureAt(`${path}#page=1`)).password, "open sesame");
    assert.deepEqual(await placesOf([path]), [path]);
  });

  it("refuse what is no regular file, in words", async () => {
    await refused(() => pictureAt(join(folder, "missing.png")), /does not exist.*Name a picture file/);
    await refused(() => pictureAt(folder), /no single picture/);
    const device = join(folder, "zero.png");
    await symlink("/dev/zero", device);
    await refused(() => pictureAt(device), /no regular file/);
  });
});

describe("ranges of pages", () => {
  it("are numbers and spans from one to a later one", () => {
    assert.deepEqual(pageRanges.parse("3"), [{ from: 3, to: 3 }]);
    assert.deepEqual(pageRanges.parse("1,3-7"), [
      { from: 1, to: 1 },
      { from: 3, to: 7 },
    ]);
    for (const wrong of ["", "0", "7-3", "1-", "-3", "a", "1, 2", "1.5", "1-2-3"])
      assert.equal(pageRanges.safeParse(wrong).success, false, wrong);
  });
});

describe("a picture's identity", () => {
  it("is its file's hash, and which of the file's pictures it is", () => {
    const hash = "a".repeat(64);
    for (const id of [hash, `${hash}#page=3`, `${hash}#frame=12`]) {
      assert.equal(PictureId.parse(id), id);
      assert.equal(fileHash(id), hash);
    }
    assert.deepEqual([hash, `${hash}#page=3`, `${hash}#frame=12`].map(partOf), [
      undefined,
      { page: 3 },
      { frame: 12 },
    ]);
    for (const id of ["", hash.slice(1), `${hash}#page=`, `${hash}#other=1`, `${hash}#page=1/..`])
      assert.equal(PictureId.safeParse(id).success, false, id);
  });
});
