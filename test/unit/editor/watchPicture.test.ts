import assert from "node:assert/strict";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Uri } from "vscode";
import { watchPicture } from "../../../src/editor/panel/watchPicture.js";
import { sha256 } from "../../../src/image/sha256.js";
import { freshFolder } from "../../support/stores.js";
import { standIn } from "../../support/vscodeStandIn.js";

describe("a watched picture", () => {
  const before = new TextEncoder().encode("before");

  async function watched() {
    standIn.reset();
    const file = join(await freshFolder(), "a.png");
    await writeFile(file, before);
    const told: boolean[] = [];
    let hear = () => {};
    const uri = Uri.file(file);
    watchPicture(uri, sha256(before), (isOther) => {
      told.push(isOther);
      hear();
    });
    const [watcher] = standIn.watchers;
    assert.ok(watcher);
    const next = (fire: () => void) =>
      new Promise<void>((resolve) => {
        hear = resolve;
        fire();
      });
    return { file, uri: standIn.watchers.length > 0 ? uri : uri, watcher, told, next };
  }

  it("is another after it was changed, and the same after it was changed back", async () => {
    const { file, uri, watcher, told, next } = await watched();
    await writeFile(file, "after");
    await next(() => watcher.changed.fire(uri));
    await writeFile(file, before);
    await next(() => watcher.changed.fire(uri));
    assert.deepEqual(told, [true, false]);
  });

  it("is another when a tool saves by putting a new file in its place", async () => {
    const { file, uri, watcher, told, next } = await watched();
    await rm(file);
    await next(() => watcher.deleted.fire(uri));
    await writeFile(file, before);
    await next(() => watcher.created.fire(uri));
    await writeFile(file, "after");
    await next(() => watcher.created.fire(uri));
    assert.deepEqual(told, [true, false, true]);
  });

  it("does not hear of its neighbours", async () => {
    const { file, uri, watcher, told, next } = await watched();
    await writeFile(`${file}2`, "other");
    watcher.changed.fire(Uri.file(`${file}2`));
    await next(() => watcher.changed.fire(uri));
    assert.deepEqual(told, [false]);
  });
});
