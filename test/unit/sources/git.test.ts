import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sha256 } from "../../../src/image/sha256.js";
import { commitsTouching, gitPlace, gitPlaceOf, mergeBase } from "../../../src/sources/git.js";
import { pictureAt, placesOf } from "../../../src/sources/index.js";
import { refused } from "../../support/expect.js";
import { freshFolder } from "../../support/stores.js";

describe("a version in git", () => {
  let folder: string;
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=T", "-c", "user.email=t@t", ...args], {
      cwd: folder,
      encoding: "utf8",
    });
  const commit = async (files: Record<string, string>, subject: string) => {
    for (const [name, content] of Object.entries(files)) {
      await mkdir(join(folder, name, ".."), { recursive: true });
      await writeFile(join(folder, name), content);
    }
    git("add", "--all");
    git("commit", "--quiet", "--message", subject);
  };
  before(async () => {
    folder = await freshFolder();
    git("init", "--quiet", "--initial-branch", "main");
    await commit({ "shots/home.png": "one", "shots/deep/cart.png": "cart", "notes.md": "x" }, "first");
    await commit({ "shots/home.png": "two" }, "second: \u001b[31mred");
  });

  it("is read by its revision, as it was then", async () => {
    await writeFile(join(folder, "shots/home.png"), "three, not committed");
    const read = async (revision: string) => {
      const { name, id, bytes } = await pictureAt(gitPlace(revision, join(folder, "shots/home.png")));
      assert.equal(id, sha256(Buffer.from(await bytes())));
      return [name, Buffer.from(await bytes()).toString()];
    };
    assert.deepEqual(await read("HEAD"), ["home.png", "two"]);
    assert.deepEqual(await read("HEAD~1"), ["home.png", "one"]);
    assert.deepEqual(await read("main^{commit}"), ["home.png", "two"]);
  });

  it("is found where the folder is gone by now", async () => {
    await commit({ "old/a/b.png": "old" }, "third");
    await rm(join(folder, "old"), { recursive: true });
    const { bytes } = await pictureAt(gitPlace("HEAD", join(folder, "old/a/b.png")));
    assert.equal(Buffer.from(await bytes()).toString(), "old");
  });

  it("of a folder is its pictures, those in folders below, too", async () => {
    const places = await placesOf([gitPlace("HEAD", join(folder, "shots"))]);
    assert.deepEqual(
      places.map((place) => gitPlaceOf(place)?.path.slice(folder.length + 1)),
      ["shots/deep/cart.png", "shots/home.png"],
    );
  });

  it("is refused in words: no such revision, no such file, a pointer of LFS", async () => {
    await commit({ "lfs.png": "version https://git-lfs.github.com/spec/v1\noid sha256:00\n" }, "lfs");
    const at = (revision: string, path: string) => () => pictureAt(gitPlace(revision, join(folder, path)));
    await refused(at("nowhere", "shots/home.png"), /no revision “nowhere”/);
    await refused(at("HEAD", "shots/none.png"), /There is no .*none\.png in HEAD/);
    await refused(at("HEAD", "lfs.png"), /pointer of Git LFS/);
  });

  it("takes no option for a revision", async () => {
    const written = join(folder, "written");
    for (const hostile of [`--output=${written}`, "-h", "HEAD --help", "HEAD;id", "HEAD\nHEAD", "$(id)", ""])
      await refused(() => pictureAt(gitPlace(hostile, join(folder, "shots/home.png"))), /no revision/);
  });

  it("tells which commits touched a file, on one line each, and where the branch began", async () => {
    const touched = await commitsTouching(join(folder, "shots/home.png"));
    assert.deepEqual(
      touched.map(({ subject }) => subject),
      ["third", "second: red", "first"],
    );
    const head = git("rev-parse", "HEAD").trim();
    git("checkout", "--quiet", "-b", "feature");
    await commit({ "more.png": "more" }, "on the branch");
    assert.deepEqual(await mergeBase(folder), { branch: "main", commit: head });
  });

  it("is said to need git where there is none", async () => {
    const { PATH } = process.env;
    process.env.PATH = await freshFolder();
    try {
      await refused(() => pictureAt(gitPlace("HEAD", join(folder, "shots/home.png"))), /Git was not found/);
    } finally {
      process.env.PATH = PATH;
    }
  });

  it("is no version outside of a repository", async () => {
    const outside = await freshFolder();
    await refused(
      () => pictureAt(gitPlace("HEAD", join(outside, "a.png"))),
      /no revision|not a git repository/,
    );
  });
});
