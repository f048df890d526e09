import assert from "node:assert/strict";
import { appendFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type TableRow, TableStore } from "../../../src/store/tables.js";
import { freshFolder, storesIn } from "../../support/stores.js";

const head = { workflow: "audit", time: "2026-03-12T12:00:00Z", folder: "shots", offline: false };
const row = (name: string): TableRow => ({
  source: `file:///${name}`,
  name,
  state: "waiting",
  findings: {},
  said: "",
});

describe("a table of many pictures", () => {
  let folder: string;
  let tables: TableStore;
  beforeEach(async () => {
    folder = await freshFolder();
    tables = new TableStore(storesIn(folder).storage);
  });

  it("keeps each row's run, over every change", async () => {
    const id = await tables.create(head, [row("a.png"), row("b.png")]);
    const runKey = "a".repeat(64);
    await tables.update(id, new Map([[1, { ...row("b.png"), state: "done", runKey }]]));
    const table = await tables.find(id);
    assert.deepEqual(
      table?.rows.map(({ name, state, runKey: key }) => [name, state, key]),
      [
        ["a.png", "waiting", undefined],
        ["b.png", "done", runKey],
      ],
    );
  });

  it("keeps rows in their places where a line cannot be read, and says so of the lost one (C19)", async () => {
    const id = await tables.create(head, ["a.png", "b.png", "c.png", "d.png"].map(row));
    const file = join(folder, "tables", `${id}.jsonl`);
    const torn = (await readFile(file, "utf8"))
      .split("\n")
      .map((line) => (/"(b|d)\.png"/.test(line) ? line.slice(0, -20) : line));
    await writeFile(file, torn.join("\n"));
    const table = await tables.find(id);
    assert.deepEqual(
      table?.rows.map(({ name, state }) => [name, state]),
      [
        ["a.png", "waiting"],
        ["?", "failed"],
        ["c.png", "waiting"],
        ["?", "failed"],
      ],
    );
    assert.match(table.rows[1]?.said ?? "", /cannot be read/);
    await tables.update(id, new Map([[2, { ...row("c.png"), state: "done" }]]));
    assert.equal((await tables.find(id))?.rows[2]?.state, "done");
  });

  it("of an older version is shown with its rows, whose runs are not known (C7)", async () => {
    await mkdir(join(folder, "tables"));
    const { source, ...rest } = row("a.png");
    const old = { type: "row", at: 0, source, ...rest, state: "done", sha256: "b".repeat(64), hash: "x" };
    const id = "0b0c9b5e-3b0a-4a53-9a39-1c2f6c1f0d11";
    await appendFile(
      join(folder, "tables", `${id}.jsonl`),
      [{ type: "head", ...head }, old].map((line) => `\n${JSON.stringify(line)}\n`).join(""),
    );
    const [only] = (await tables.find(id))?.rows ?? [];
    assert.deepEqual([only?.name, only?.state, only?.runKey], ["a.png", "done", undefined]);
    assert.equal(only?.picture, "b".repeat(64));
  });
});
