import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdir, readFile, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { Uri, workspace } from "vscode";
import { compareChosen } from "../../../src/editor/compare/compareChosen.js";
import { addZone, parametersAt } from "../../../src/editor/compare/ignoreFile.js";
import { Replacement } from "../../../src/editor/compare/replacement.js";
import type { Features } from "../../../src/editor/features.js";
import { ResultPanel } from "../../../src/editor/panel/resultPanel.js";
import { pairSubject, pictureAt, type Subject } from "../../../src/editor/panel/subjects.js";
import { ComparisonView } from "../../../src/protocol/comparison.js";
import { ToPanel } from "../../../src/protocol/panel.js";
import { gitPlace } from "../../../src/sources/git.js";
import { pictureAt as pictureAtPlace } from "../../../src/sources/index.js";
import { becomes } from "../../support/becomes.js";
import { newPanel, testServices } from "../../support/editorServices.js";
import { refused } from "../../support/expect.js";
import { freshFolder } from "../../support/stores.js";
import { standIn } from "../../support/vscodeStandIn.js";

const page = (fill: string) =>
  sharp({ create: { width: 300, height: 200, channels: 3, background: "#ffffff" } })
    .composite([
      { input: { create: { width: 90, height: 60, channels: 3, background: fill } }, left: 100, top: 70 },
    ])
    .png()
    .toBuffer();

const nobody = { ask: () => Promise.reject(new Error("asked")) };

describe("comparing in the editor", () => {
  let folder: string;
  beforeEach(async () => {
    standIn.reset();
    folder = await freshFolder();
    Object.assign(workspace, { workspaceFolders: [{ uri: Uri.file(folder), name: "shop" }] });
    await write("old.png", await page("#1a56db"));
    await write("new.png", await page("#c81e1e"));
  });
  const write = async (name: string, bytes: Uint8Array | string) => {
    await mkdir(join(folder, name, ".."), { recursive: true });
    await writeFile(join(folder, name), bytes);
  };
  const at = (name: string) => Uri.file(join(folder, name));
  const bytesOf = (name: string) => readFile(join(folder, name));
  const pairOf = async (before: string, after: string) =>
    pairSubject("compare", await pictureAt(at(before)), await pictureAt(at(after)));

  describe("what becomes of the new picture", () => {
    it("is accepted in the place of the old one, and that is undone", async () => {
      const old = await bytesOf("old.png");
      const replacement = new Replacement(await pairOf("old.png", "new.png"));
      await replacement.accept();
      assert.deepEqual(await bytesOf("old.png"), await bytesOf("new.png"));
      assert.deepEqual(
        [replacement.done, replacement.canAccept, replacement.canReject],
        ["accepted", false, false],
      );
      await replacement.undo();
      assert.deepEqual(await bytesOf("old.png"), old);
      assert.deepEqual([replacement.done, replacement.canAccept], [undefined, true]);
    });

    it("is rejected: the old one takes its place, and that is undone", async () => {
      const fresh = await bytesOf("new.png");
      const replacement = new Replacement(await pairOf("old.png", "new.png"));
      await replacement.reject();
      assert.deepEqual(await bytesOf("new.png"), await bytesOf("old.png"));
      await replacement.undo();
      assert.deepEqual(await bytesOf("new.png"), fresh);
    });

    it("replaces no version in git", async () => {
      const git = (...args: string[]) =>
        execFileSync("git", ["-c", "user.name=T", "-c", "user.email=t@t", ...args], { cwd: folder });
      git("init", "--quiet");
      git("add", "--all");
      git("commit", "--quiet", "--message", "first");
      const before = await pictureAtPlace(gitPlace("HEAD", join(folder, "old.png")));
      const replacement = new Replacement(pairSubject("compare", before, await pictureAt(at("new.png"))));
      assert.deepEqual([replacement.canAccept, replacement.canReject], [false, true]);
    });
  });

  describe("the file of ignored zones", () => {
    it("holds for the picture that it was written for, and keeps what it held", async () => {
      const box = { x: 1, y: 2, width: 3, height: 4 };
      await addZone(at("new.png"), { name: "Clock", box });
      await addZone(at("old.png"), { name: "Date", text: "##" });
      assert.deepEqual(await parametersAt(at("new.png")), { ignore: [{ name: "Clock", box }] });
      assert.deepEqual(await parametersAt(at("old.png")), { ignore: [{ name: "Date", text: "##" }] });
      assert.deepEqual(await parametersAt(at("other.png")), {});
    });

    it("is neither read nor overwritten where it is none", async () => {
      await write(".github/screenshots/ignore.json", "mine");
      await refused(() => parametersAt(at("new.png")), /is no ignore file/);
      await refused(() => addZone(at("new.png"), { name: "Clock" }), /is no ignore file/);
      assert.equal((await bytesOf(".github/screenshots/ignore.json")).toString(), "mine");
    });
  });

  describe("the panel", () => {
    it("shows both pictures and what differs, and leaves a zone out from the next run on", async () => {
      const services = await testServices(nobody);
      Object.assign(workspace, { workspaceFolders: [{ uri: Uri.file(folder), name: "shop" }] });
      const { panel, page: shown } = newPanel();
      const result = new ResultPanel(panel, await pairOf("old.png", "new.png"), services, () => undefined);
      await result.start({ offline: true });
      const view = () => {
        const last = shown.posted
          .map((message) => ToPanel.parse(message))
          .flatMap((message) => (message.type === "view" ? [message.view] : []))
          .at(-1);
        return last?.state === "done" ? ComparisonView.parse(last.feature.view) : undefined;
      };
      const first = view();
      assert.deepEqual([first?.before.name, first?.after.name], ["old.png", "new.png"]);
      assert.deepEqual(
        first?.changes.map(({ substance, evidence }) => [substance, evidence]),
        [["cosmetic", "measured"]],
      );
      assert.match(first?.changes[0]?.words ?? "", /#1a56db → #c81e1e/);
      standIn.answers.push("The square");
      shown.send({ type: "act", action: { action: "ignore", change: 0 } });
      await becomes(async () => view()?.changes.length, 0);
      assert.equal((await services.history.list()).length, 2);
    });
  });

  describe("the command", () => {
    async function compared(clicked: unknown, selected: unknown): Promise<Subject[]> {
      const subjects: Subject[] = [];
      const results = { run: async (subject: Subject) => void subjects.push(subject) };
      const services = await testServices(nobody);
      const features = { services, results } as unknown as Features;
      await compareChosen({ workflow: "compare", offline: true }, clicked, selected, features);
      return subjects;
    }
    const names = (subjects: Subject[]) => subjects.map(({ before, name }) => [before?.name, name]);

    it("takes the older one of two as the picture before, unless their names say which is which", async () => {
      await utimes(join(folder, "old.png"), 2_000, 2_000);
      await utimes(join(folder, "new.png"), 1_000, 1_000);
      assert.deepEqual(names(await compared(at("new.png"), [at("new.png"), at("old.png")])), [
        ["old.png", "new.png"],
      ]);
      await write("a.png", await page("#000000"));
      await write("b.png", await page("#ffff00"));
      await utimes(join(folder, "a.png"), 2_000, 2_000);
      await utimes(join(folder, "b.png"), 1_000, 1_000);
      assert.deepEqual(names(await compared(at("a.png"), [at("a.png"), at("b.png")])), [["b.png", "a.png"]]);
    });

    it("compares a changed picture of source control with the last commit", async () => {
      const git = (...args: string[]) =>
        execFileSync("git", ["-c", "user.name=T", "-c", "user.email=t@t", ...args], { cwd: folder });
      git("init", "--quiet");
      git("add", "--all");
      git("commit", "--quiet", "--message", "first");
      await write("new.png", await page("#00ff00"));
      const [subject] = await compared({ resourceUri: at("new.png") }, undefined);
      assert.equal(subject?.before?.uri, gitPlace("HEAD", join(folder, "new.png")));
      assert.notEqual(subject?.before?.id, subject?.id);
    });

    it("refuses three, and a picture with a folder", async () => {
      const one = at("old.png");
      await refused(() => compared(one, [one, one, one]), /not more/);
      await refused(() => compared(one, [one, Uri.file(folder)]), /not compared with a folder/);
    });
  });
});
