import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A folder to open, with the sample pictures and what else a test needs. */
export class Workspace {
  private constructor(readonly folder: string) {}

  static async create(files: Record<string, string | Uint8Array> = {}): Promise<Workspace> {
    const workspace = new Workspace(await mkdtemp(join(tmpdir(), "workspace-")));
    for (const name of ["checkout.png", "crash.png", "whiteboard.jpg"]) {
      await cp(join("media/samples", name), join(workspace.folder, name));
    }
    for (const [name, content] of Object.entries(files)) await workspace.write(name, content);
    return workspace;
  }

  async write(name: string, content: string | Uint8Array): Promise<void> {
    const path = join(this.folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }

  git(...args: string[]): void {
    execFileSync("git", args, { cwd: this.folder });
  }

  copyFixture(name: string): Promise<void> {
    return cp(join("test/fixtures/pictures", name), join(this.folder, name));
  }

  read(name: string): Promise<string> {
    return readFile(join(this.folder, name), "utf8");
  }

  /** Waits until a file, which VS Code saves by itself after a moment, holds this; returns all of it. */
  async untilHolds(name: string, pattern: RegExp): Promise<string> {
    const end = Date.now() + 60_000;
    let content = "";
    while (!pattern.test(content)) {
      if (Date.now() > end) assert.match(content, pattern);
      await new Promise((resolve) => setTimeout(resolve, 100));
      content = await this.read(name).catch(() => "");
    }
    return content;
  }

  /** The theme is a workspace setting: changing it needs no user interface. */
  async setTheme(theme: string): Promise<void> {
    await this.write(".vscode/settings.json", JSON.stringify({ "workbench.colorTheme": theme }));
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }
}
