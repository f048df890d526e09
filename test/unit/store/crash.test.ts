import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { ApiDouble } from "../../support/apiDouble.js";
import { entriesOf, freshFolder, storesIn } from "../../support/stores.js";
import { everythingIsThere, work } from "../../support/work.js";

/** The first is done before: what was done stays. */
const [done, begun] = [0, 1];

describe("a process that is killed", () => {
  const start = (mode: keyof typeof work, folder: string, url: string): ChildProcess =>
    spawn(
      process.execPath,
      [
        "--import=./dist/test/support/killing.main.js",
        "dist/test/support/crashing.main.js",
        ...[mode, url, String(done), String(begun)],
      ],
      {
        stdio: ["ignore", "ignore", "inherit"],
        env: { ...process.env, SCREENSHOT_WORKBENCH_STORAGE: folder },
      },
    );

  /** A folder and an API of its own, in which one picture is done. */
  async function prepared(): Promise<{ folder: string; api: ApiDouble }> {
    const api = await new ApiDouble().start();
    const folder = await freshFolder();
    await work.run(storesIn(folder), api.url, [done]);
    api.batches.endsByItself = true;
    return { folder, api };
  }

  /** What the ledger knows for certain is what the API billed. */
  async function ledgerIsRight(folder: string, { bill }: ApiDouble): Promise<void> {
    const entries = await entriesOf(storesIn(folder).ledger);
    const settled = entries.filter((entry) => entry.settled);
    const output = settled.reduce((sum, { usage }) => sum + usage.output, 0);
    assert.ok(entries.length - settled.length <= 1, "more than one request is open");
    if (entries.length === settled.length) assert.equal(output, bill.output);
    else assert.ok(output <= bill.output);
  }

  /**
   * Kills a process in its n-th write, goes on, and looks at what is there.
   *
   * @returns the write; undefined when there were fewer
   */
  async function killedIn(mode: keyof typeof work, number: number): Promise<string | undefined> {
    const { folder, api } = await prepared();
    try {
      await writeFile(`${folder}.kill`, `^${number} `);
      const [code, signal] = await once(start(mode, folder, api.url), "exit");
      const writes = (await readFile(`${folder}.writes`, "utf8")).trim().split("\n");
      if (signal === null) {
        assert.equal(code, 0);
        return undefined;
      }
      assert.equal(signal, "SIGKILL");
      const write = writes[number - 1] ?? "";
      try {
        await work[mode](storesIn(folder), api.url, [done, begun]);
        await everythingIsThere(folder, [done, begun]);
        await ledgerIsRight(folder, api);
        // An answer that arrived and was not written yet has to be asked for again.
        const isLost = mode === "run" && / answers\//.test(write);
        assert.equal(api.questions.length, mode === "batch" ? 1 : isLost ? 3 : 2);
        assert.equal(api.batches.held.length, mode === "batch" ? 1 : 0);
      } catch (error) {
        throw new Error(`Killed in write ${write}: ${error instanceof Error ? error.message : ""}`, {
          cause: error,
        });
      }
      return write;
    } finally {
      await api.stop();
    }
  }

  for (const mode of ["run", "batch"] as const) {
    it(`has what was done, and pays nothing twice, whichever write of a ${mode} it was killed in`, async () => {
      const killed: string[] = [];
      let next = 1;
      let isOver = false;
      const killOn = async () => {
        while (!isOver) {
          const write = await killedIn(mode, next++);
          if (write === undefined) isOver = true;
          else killed.push(write);
        }
      };
      await Promise.all([killOn(), killOn()]);
      const places = [
        "measurements/tmp",
        "ledger/",
        ...(mode === "run" ? ["runs/"] : ["batches/"]),
        "answers/content",
      ];
      for (const place of places)
        assert.ok(
          killed.some((write) => write.includes(` ${place}`)),
          place,
        );
    });
  }

  it("asks again when it is killed in the middle of an answer, and keeps that one in the recorder", async () => {
    const { folder, api } = await prepared();
    let child: ChildProcess | undefined;
    api.beforePiece = async (piece) => {
      if (piece !== 3 || !child) return;
      child.kill("SIGKILL");
      await once(child, "exit");
      child = undefined;
    };
    child = start("run", folder, api.url);
    await once(child, "exit");
    await work.run(storesIn(folder), api.url, [done, begun]);
    await everythingIsThere(folder, [done, begun]);
    await ledgerIsRight(folder, api);
    assert.equal(api.questions.length, 3);
    await api.stop();
  });

  it("leaves the other process on the same folder unharmed, and neither pays for what the other asks", async () => {
    const { folder, api } = await prepared();
    const both = [start("run", folder, api.url), start("run", folder, api.url)];
    const ends = await Promise.all(both.map((child) => once(child, "exit")));
    assert.deepEqual(ends, [
      [0, null],
      [0, null],
    ]);
    assert.equal(api.questions.length, 2);
    await everythingIsThere(folder, [done, begun]);
    await ledgerIsRight(folder, api);
    await api.stop();
  });
});
