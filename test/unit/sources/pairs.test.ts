import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gitPlace } from "../../../src/sources/git.js";
import { type PicturePair, pairsOf, pairsWithin } from "../../../src/sources/pairs.js";
import { refused } from "../../support/expect.js";
import { freshFolder } from "../../support/stores.js";

describe("pairs of pictures", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await freshFolder();
  });
  const write = async (...names: string[]) => {
    for (const name of names) {
      await mkdir(join(folder, name, ".."), { recursive: true });
      await writeFile(join(folder, name), name);
    }
  };
  const short = (pairs: PicturePair[]) => {
    const cut = (place: string | undefined) => place?.replaceAll(`${folder}/`, "");
    return pairs.map(({ before, after }) => [cut(before), cut(after)]);
  };

  it("are two files as they are named", async () => {
    assert.deepEqual(await pairsOf("a.png", "b.png"), [{ name: "b.png", before: "a.png", after: "b.png" }]);
  });

  it("of two folders have the same path, and what is on one side alone is there, too", async () => {
    await write("old/a.png", "old/x/b.png", "old/gone.png", "new/a.png", "new/x/b.png", "new/fresh.png");
    assert.deepEqual(short(await pairsOf(join(folder, "old"), join(folder, "new"))), [
      ["old/a.png", "new/a.png"],
      [undefined, "new/fresh.png"],
      ["old/x/b.png", "new/x/b.png"],
      ["old/gone.png", undefined],
    ]);
  });

  it("may have two pixel ratios, where no other has the same name", async () => {
    await write("old/home.png", "old/cart.png", "old/cart@2x.png", "new/home@2x.png", "new/cart@2x.png");
    assert.deepEqual(short(await pairsOf(join(folder, "old"), join(folder, "new"))), [
      ["old/cart@2x.png", "new/cart@2x.png"],
      ["old/home.png", "new/home@2x.png"],
      ["old/cart.png", undefined],
    ]);
  });

  it("are a test's expected and actual pictures beside each other, without their difference", async () => {
    const run = "test-results/shop-chromium";
    await write(
      ...["expected", "actual", "diff"].map((role) => `${run}/home-1-${role}.png`),
      `${run}/trace.png`,
    );
    assert.deepEqual(short(await pairsWithin(folder)), [
      [`${run}/home-1-expected.png`, `${run}/home-1-actual.png`],
    ]);
  });

  it("are the pictures of a folder before and of a folder after", async () => {
    await write("shop/before/a.png", "shop/after/a.png", "shop/After/b.png", "shop/after.png");
    assert.deepEqual(short(await pairsWithin(folder)), [
      [undefined, "shop/After/b.png"],
      ["shop/before/a.png", "shop/after/a.png"],
    ]);
  });

  it("are a folder's now and in a revision", async () => {
    const git = (...args: string[]) =>
      execFileSync("git", ["-c", "user.name=T", "-c", "user.email=t@t", ...args], { cwd: folder });
    await write("shots/a.png", "shots/gone.png");
    git("init", "--quiet");
    git("add", "--all");
    git("commit", "--quiet", "--message", "first");
    await rm(join(folder, "shots/gone.png"));
    await write("shots/new.png");
    const shots = join(folder, "shots");
    assert.deepEqual(short(await pairsOf(gitPlace("HEAD", shots), shots)), [
      ["git:HEAD:shots/a.png", "shots/a.png"],
      ["git:HEAD:shots/gone.png", undefined],
      [undefined, "shots/new.png"],
    ]);
  });

  it("are refused in words: a picture with a folder, a folder without any", async () => {
    await write("a.png", "shots/b.png");
    await refused(
      () => pairsOf(join(folder, "a.png"), join(folder, "shots")),
      /is a picture, and .* is a folder/,
    );
    await refused(() => pairsWithin(folder), /holds no pairs of pictures/);
    await refused(() => pairsWithin(join(folder, "a.png")), /Name the other picture, too/);
  });
});
