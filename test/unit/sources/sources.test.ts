import assert from "node:assert/strict";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { sha256 } from "../../../src/image/sha256.js";
import { pictureOfBytes } from "../../../src/sources/bytes.js";
import { fileHash, PictureId } from "../../../src/sources/picture.js";
import { refused } from "../../support/expect.js";
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

  it("refuse what is no regular file, in words", async () => {
    await refused(() => pictureAt(join(folder, "missing.png")), /does not exist.*Name a picture file/);
    await refused(() => pictureAt(folder), /no single picture/);
    const device = join(folder, "zero.png");
    await symlink("/dev/zero", device);
    await refused(() => pictureAt(device), /no regular file/);
  });
});

describe("a picture's identity", () => {
  it("is its file's hash, and which of the file's pictures it is", () => {
    const hash = "a".repeat(64);
    for (const id of [hash, `${hash}#page=3`, `${hash}#frame=12`]) {
      assert.equal(PictureId.parse(id), id);
      assert.equal(fileHash(id), hash);
    }
    for (const id of ["", hash.slice(1), `${hash}#page=`, `${hash}#other=1`, `${hash}#page=1/..`])
      assert.equal(PictureId.safeParse(id).success, false, id);
  });
});
