import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { asMeasured } from "../../../src/agent/pictures.js";
import { Agent } from "../../support/agent.js";
import { drawnTexts } from "../../support/drawn.js";
import { refused } from "../../support/expect.js";
import { plainPicture } from "../../support/pictures.js";

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** The processes that a process has started, where the system tells. */
const childrenOf = (pid: number): number[] => {
  if (process.platform !== "linux") return [];
  return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").split(" ").filter(Boolean).map(Number),
  );
};

const untilGone = async (pid: number): Promise<void> => {
  while (isAlive(pid)) await pause(50);
};

describe("a hostile client of the server for agents", () => {
  let outside: string;
  let root: string;
  let agent: Agent;
  before(async () => {
    outside = await mkdtemp(join(tmpdir(), "outside-"));
    root = join(outside, "root");
    await mkdir(root);
    const picture = await plainPicture(60, 40, "#336699").png().toBuffer();
    await writeFile(join(outside, "secret.png"), picture);
    await writeFile(join(outside, "secret.mmd"), "flowchart TB\n  a[Secret] --> b");
    await mkdir(`${root}-beside`);
    await writeFile(join(`${root}-beside`, "near.png"), picture);
    await writeFile(join(root, "small.png"), picture);
    await symlink(join(outside, "secret.png"), join(root, "link.png"));
    await symlink(outside, join(root, "folder"));
    await symlink(join(outside, "secret.mmd"), join(root, "link.mmd"));
    if (process.platform !== "win32") execFileSync("mkfifo", [join(root, "pipe.png")]);
    agent = await Agent.start(["--root", root]);
  });
  after(() => agent.stop());

  it("reads nothing outside of the folders, by no path and no link", async () => {
    const paths = [
      "../secret.png",
      "../nothing.png",
      join(outside, "secret.png"),
      "link.png",
      "folder/secret.png",
      `../root-beside/near.png`,
      `${root}-beside/near.png`,
      "/etc/passwd",
    ];
    const said = new Set<string>();
    for (const path of paths) {
      const answer = await agent.call("view_picture", { path });
      assert.ok(answer.isError, path);
      said.add(answer.text.replace(path, "…"));
    }
    // That a file is there is not told of what lies outside, either.
    assert.deepEqual(
      [...said],
      [
        `… lies outside of the folders that may be read. Name a file in ${root}, or ask the person to start this server with --root and its folder.`,
      ],
    );
    const diagram = await agent.call("read_diagram", { path: "link.mmd" });
    assert.match(diagram.text, /lies outside/);
    const template = await agent.call("fill_issue", {
      path: "small.png",
      reading: {},
      template: "../secret.mmd",
    });
    assert.match(template.text, /lies outside/);
  });

  it("reads regular files alone, and says so at once", async () => {
    for (const path of [".", "pipe.png", "", "a\0b.png", "x".repeat(5000), "none.png"]) {
      const answer = await agent.call("view_picture", { path });
      assert.ok(answer.isError && answer.text.length < 600, path);
    }
  });

  it("is told what is wrong with a region, and gets none that is larger than the picture", async () => {
    const view = (region: object) => agent.call("view_picture", { path: "small.png", region });
    assert.match((await view({ x: 100, y: 0, width: 5, height: 5 })).text, /outside of the picture/);
    assert.match((await view({ x: -1e9, y: -1e9, width: 2e9, height: 2e9 })).text, /"shown":\[0,0,60,40\]/);
    assert.match((await view({ x: 0, y: 0, width: 1e308, height: 1e308 })).text, /"shown":\[0,0,60,40\]/);
    for (const wrong of [
      { x: 0, y: 0, width: 0, height: 5 },
      { x: 0 },
      { x: "0", y: 0, width: 1, height: 1 },
    ])
      assert.ok((await view(wrong)).isError);
    assert.ok((await agent.call("view_picture", { path: "small.png", max_side: 1e6 })).isError);
    assert.match(
      (await agent.call("read_text", { path: "small.png", page: 9 })).text,
      /no page 9.*from 1 to 1/,
    );
  });

  it("is answered a thousand calls at once, by no more than two decoders", async () => {
    let most = 0;
    const watching = setInterval(() => {
      most = Math.max(most, childrenOf(agent.pid).length);
    }, 20);
    const answers = await Promise.all(
      Array.from({ length: 1000 }, (_, index) =>
        index % 10 === 0
          ? agent.call("view_picture", { path: "small.png" })
          : agent.call("write_diagram", {
              graph: { kind: "mindmap", nodes: [{ id: `n${index}` }] },
              target: "mermaid",
            }),
      ),
    );
    clearInterval(watching);
    assert.ok(answers.every(({ isError }) => !isError));
    assert.ok(most <= 2, String(most));
  });

  it("cancels a call, and the next one is answered", async () => {
    const bytes = await drawnTexts(
      Array.from({ length: 40 }, (_, index) => ({ text: `Line ${index} of a page` })),
    );
    await writeFile(join(root, "page.png"), bytes);
    const stop = new AbortController();
    const cancelled = agent.call("read_text", { path: "page.png" }, stop.signal);
    await pause(100);
    stop.abort();
    await assert.rejects(cancelled);
    assert.ok(!(await agent.call("view_picture", { path: "small.png" })).isError);
  });

  it("leaves no process when it goes away in the middle of a call", async () => {
    const leaving = await Agent.start(["--root", root]);
    const { pid } = leaving;
    await leaving.call("view_picture", { path: "small.png" });
    const call = leaving.call("read_text", { path: "page.png" }).catch(() => undefined);
    await pause(200);
    const decoders = childrenOf(pid);
    if (process.platform === "linux") assert.notDeepEqual(decoders, []);
    await leaving.stop();
    await call;
    await Promise.all([pid, ...decoders].map(untilGone));
  });

  it("is answered after whatever it writes", async () => {
    const environment = {
      PATH: process.env.PATH,
      SCREENSHOT_WORKBENCH_STORAGE: await mkdtemp(join(tmpdir(), "raw-")),
    };
    const server = spawn(process.execPath, ["dist/cli.js", "mcp", "--root", root], {
      env: environment,
      stdio: ["pipe", "pipe", "ignore"],
    });
    const lines: string[] = [];
    createInterface(server.stdout).on("line", (line) => lines.push(line));
    const rubbish = [
      "{",
      "[]",
      "null",
      '{"jsonrpc":"2.0"}',
      '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":5}}',
      "\x00\xff\x1b[2J",
      `{"a":"${"x".repeat(1e6)}"}`,
    ];
    for (const line of rubbish) server.stdin.write(`${line}\n`);
    server.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", id: 77, method: "ping" })}\n`);
    while (!lines.some((line) => line.includes('"id":77'))) await pause(50);
    // Standard output belongs to the protocol.
    for (const line of lines) assert.equal((JSON.parse(line) as { jsonrpc: unknown }).jsonrpc, "2.0");
    server.stdin.end();
    await once(server, "exit");
  });
});

describe("secrets in pictures that agents see", () => {
  it("are covered and not told, unless the person's setting says otherwise", async () => {
    const root = await mkdtemp(join(tmpdir(), "secrets-"));
    const bytes = await drawnTexts([{ text: "Signed in as" }, { text: "ada@example.com" }]);
    await writeFile(join(root, "secret.png"), bytes);
    await writeFile(join(root, "bug.md"), "---\nname: Bug\n---\n\n## Steps\n\nAsk ada@example.com\n");
    await writeFile(join(root, ".env"), "## API\n\nAPI_KEY=sk-ant-api03-Zx81kQpL0vNw29\n");
    const graph = { kind: "mindmap", nodes: [{ id: "a", label: "ada@example.com" }] };
    const seenWith = async (...options: string[]) => {
      const agent = await Agent.start(["--root", root, ...options]);
      const picture = (await agent.call("view_picture", { path: "secret.png" })).pictures[0]?.bytes;
      const text = (await agent.call("read_text", { path: "secret.png" })).text;
      const diagram = (await agent.call("write_diagram", { graph, target: "mermaid" })).text;
      const fill = { path: "secret.png", reading: { title: "Broken" } };
      const issue = (await agent.call("fill_issue", { ...fill, template: "bug.md" })).text;
      const environment = (await agent.call("fill_issue", { ...fill, template: ".env" })).text;
      await agent.stop();
      return { picture, text, diagram, issue, environment };
    };
    const covered = await seenWith();
    assert.doesNotMatch(covered.text + covered.diagram, /example\.com/);
    assert.match(covered.text, /"covered":\["e-mail address at /);
    assert.match(covered.text, /Signed in as/);
    // A template is a file of the workspace like any other.
    assert.match(covered.issue, /Ask \[e-mail address\]/);
    assert.match(covered.environment, /no template by its name/);
    const open = await seenWith("--redaction", "off");
    assert.match(open.text, /ada@example\.com/);
    assert.match(open.diagram, /ada#64;example\.com/);
    assert.notDeepEqual(covered.picture, open.picture);
  });
});

describe("a picture that is another by the time it is shown", () => {
  it("is refused: what was covered in the first says nothing of the second", async () => {
    const source = asMeasured({
      name: "a.png",
      id: createHash("sha256").update("first").digest("hex"),
      bytes: async () => Buffer.from("second"),
    });
    const error = await refused(() => source.bytes(), /changed while it was read/);
    assert.equal(error.code, "pictureChanged");
  });
});
