import { type ChildProcess, execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The VS Code server, as npm carries it, and the Node it runs on. */
const serverPackage = "code-server@4.139.1";
const nodePackage = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}@24`;

const home = resolve(".vscode-test", "server");
const serverRoot = join(home, "node_modules", "code-server", "lib", "vscode");
const serverNode = join(home, "node_modules", nodePackage.replace(/@.*/, ""), "bin", "node");

/** Installs the server once, outside the extension's own dependencies. Nothing is compiled. */
export async function installServer(): Promise<void> {
  const done = join(home, `.installed-${serverPackage.replace("@", "-")}`);
  if (existsSync(done)) return;
  console.log("Installing the VS Code server for the first time (some minutes on a slow network)…");
  await rm(home, { recursive: true, force: true });
  await mkdir(home, { recursive: true });
  await writeFile(join(home, "package.json"), "{}");
  const npm = (cwd: string, ...args: string[]) =>
    run("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", ...args], {
      cwd,
      maxBuffer: 1 << 26,
    });
  await npm(home, serverPackage, nodePackage);
  await npm(serverRoot, "--omit=dev");
  await writeFile(done, "");
}

export interface RunningServer {
  pid: number;
  port: number;
  /** Where it keeps its data: logs, storage, what extensions keep. */
  data: string;
  stop(): Promise<void>;
}

/** A window with nothing in it but the folder. */
const quiet = {
  "workbench.startupEditor": "none",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "window.menuBarVisibility": "hidden",
  "chat.disableAIFeatures": true,
  "security.workspace.trust.startupPrompt": "never",
};

/**
 * Starts a server with fresh data.
 *
 * @param options.trust trusts every workspace without a question
 * @param options.key hands on the API key of the environment; tests must not find one there
 * @param options.preload a module that is loaded before anything else, into the extension host too
 */
export async function startServer(options: {
  trust: boolean;
  settings?: object;
  key?: boolean;
  extensions?: string;
  preload?: string;
}): Promise<RunningServer> {
  await installServer();
  const data = await mkdtemp(join(tmpdir(), "screenshot-workbench-server-"));
  await mkdir(join(data, "data", "Machine"), { recursive: true });
  await writeFile(
    join(data, "data", "Machine", "settings.json"),
    JSON.stringify({ ...quiet, ...options.settings }),
  );
  const { ANTHROPIC_API_KEY, ...rest } = process.env;
  const kept = { ...rest, SCREENSHOT_WORKBENCH_STORAGE: join(data, "storage") };
  const env = options.key ? { ...kept, ANTHROPIC_API_KEY } : kept;
  const server = spawn(
    serverNode,
    [
      ...(options.preload ? [`--import=${pathToFileURL(options.preload).href}`] : []),
      join(serverRoot, "out", "server-main.js"),
      "--host=127.0.0.1",
      "--port=0",
      "--without-connection-token",
      "--accept-server-license-terms",
      "--enable-smoke-test-driver",
      `--server-data-dir=${data}`,
      `--extensions-dir=${options.extensions ?? join(data, "extensions")}`,
      "--telemetry-level=off",
      ...(options.trust ? ["--disable-workspace-trust"] : []),
    ],
    { env, stdio: ["ignore", "pipe", "pipe"] },
  );
  return {
    port: await listeningPort(server),
    pid: server.pid ?? 0,
    data,
    async stop() {
      const ended = new Promise((resolve) => server.once("exit", resolve));
      server.kill();
      await ended;
      await rm(data, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function listeningPort(server: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let output = "";
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const port = /Extension host agent listening on (\d+)/.exec(output)?.[1];
      if (port) resolve(Number(port));
    };
    server.stdout?.on("data", read);
    server.stderr?.on("data", read);
    server.once("exit", (code) => reject(new Error(`The VS Code server ended with ${code}:\n${output}`)));
  });
}

/**
 * The address that opens a folder in the server's workbench, with the extension under development.
 *
 * @param installed the extension is installed already, and not loaded from here
 * @param tests a test module to run inside the host
 */
export function addressOf(
  { port }: RunningServer,
  { workspace, installed = false, tests }: { workspace: string; installed?: boolean; tests?: string },
): string {
  const remote = (path: string) => `vscode-remote://127.0.0.1:${port}${resolve(path)}`;
  const payload = [
    ...(installed ? [] : [["extensionDevelopmentPath", remote(".")]]),
    ...(tests === undefined ? [] : [["extensionTestsPath", remote(tests)]]),
    ["enableProposedApi", ""],
    ["skipWelcome", "true"],
    ["skipReleaseNotes", "true"],
  ];
  const query = new URLSearchParams({ folder: resolve(workspace), payload: JSON.stringify(payload) });
  return `http://127.0.0.1:${port}/?${query.toString()}`;
}

/** Installs a packaged extension into a folder of extensions. */
export async function installVsix(vsix: string, extensions: string): Promise<void> {
  await installServer();
  const args = [
    "--accept-server-license-terms",
    `--extensions-dir=${extensions}`,
    `--install-extension=${resolve(vsix)}`,
  ];
  await run(serverNode, [join(serverRoot, "out", "server-main.js"), ...args]);
}
