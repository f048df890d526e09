import { execFile } from "node:child_process";
import { cp, mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { createVSIX } from "@vscode/vsce";
import { buildInto, notices } from "./shipped.js";

const run = promisify(execFile);

export const targets = [
  "linux-x64",
  "linux-arm64",
  "darwin-x64",
  "darwin-arm64",
  "win32-x64",
  "win32-arm64",
] as const;
export type Target = (typeof targets)[number];

export function thisTarget(): Target {
  const target = targets.find((candidate) => candidate === `${process.platform}-${process.arch}`);
  if (!target) throw new Error(`There is no package for ${process.platform}-${process.arch}.`);
  return target;
}

/** What goes into every package, as it lies in the repository. */
const files = [
  "media/icons",
  "media/readme",
  "media/walkthrough",
  "media/samples",
  "skills",
  "prompts",
  "README.md",
  "CHANGELOG.md",
  "LICENSE",
  ".vscodeignore",
];

/**
 * Packages the extension for one platform. The bundle is built for production in a folder of its own, and
 * sharp, which cannot be bundled, is installed beside it with that platform's native files.
 */
export async function packageFor(target: Target): Promise<{ file: string; megabytes: number }> {
  const stage = resolve(".vscode-test", "package", target);
  await rm(stage, { recursive: true, force: true });
  await mkdir(stage, { recursive: true });
  const bundled = await buildInto(join(stage, "dist"));
  for (const file of files) await cp(file, join(stage, file), { recursive: true });

  const { devDependencies: _, scripts: __, ...manifest } = JSON.parse(await readFile("package.json", "utf8"));
  await writeFile(join(stage, "package.json"), JSON.stringify(manifest, null, 2));
  const [os = "", cpu = ""] = target.split("-");
  await run(
    "npm",
    [
      "install",
      "--ignore-scripts",
      "--no-audit",
      "--no-fund",
      "--no-package-lock",
      `--os=${os}`,
      `--cpu=${cpu}`,
      "--libc=glibc",
    ],
    {
      cwd: stage,
      shell: process.platform === "win32",
    },
  );
  const shipped = await installedIn(join(stage, "node_modules"));
  await writeFile(join(stage, "NOTICES.txt"), await notices([...bundled, ...shipped]));

  const file = resolve(`${manifest.name}-${target}-${manifest.version}.vsix`);
  await createVSIX({
    cwd: stage,
    target,
    packagePath: file,
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
  });
  return { file, megabytes: (await stat(file)).size / 1024 / 1024 };
}

async function installedIn(modules: string): Promise<string[]> {
  const names = (await readdir(modules)).filter((name) => !name.startsWith("."));
  const nested = await Promise.all(
    names.map(async (name) =>
      name.startsWith("@") ? (await readdir(join(modules, name))).map((inner) => join(name, inner)) : [name],
    ),
  );
  return nested.flat().map((name) => join(modules, name));
}
