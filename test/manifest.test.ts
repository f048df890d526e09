import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { pictureExtensions } from "../src/image/format.js";
import {
  activationEvents,
  contributes as generated,
  workflowsForActivation,
  workflowsPage,
} from "./support/contributes.js";

interface Manifest {
  engines: { vscode: string };
  devDependencies: Record<string, string>;
  capabilities: { untrustedWorkspaces: { restrictedConfigurations: string[] } };
  activationEvents: string[];
  workflows: object[];
  contributes: {
    commands: Array<{ command: string; category: string }>;
    configuration: {
      properties: Record<string, { scope?: string; description?: string; markdownDescription?: string }>;
    };
    menus: Record<string, Array<{ command?: string; when?: string }>>;
    walkthroughs: Array<{ steps: Array<{ media: { markdown: string }; description: string }> }>;
  };
}

const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Manifest;
const { contributes } = manifest;
const commandIds = contributes.commands.map(({ command }) => command);

describe("the manifest", () => {
  it("is what the workflows and the editor say: npm run manifest writes it", () => {
    assert.deepEqual(contributes, JSON.parse(JSON.stringify(generated())));
    assert.deepEqual(manifest.workflows, workflowsForActivation());
    assert.deepEqual(manifest.activationEvents, activationEvents());
    assert.equal(readFileSync("media/walkthrough/run.md", "utf8"), workflowsPage());
  });

  it("describes each setting and gives all commands one category", () => {
    for (const setting of Object.values(contributes.configuration.properties))
      assert.ok(setting.description ?? setting.markdownDescription);
    for (const { category } of contributes.commands) assert.equal(category, "Screenshot");
    assert.equal(new Set(commandIds).size, commandIds.length);
  });

  it("lets no workspace say where the key goes", () => {
    assert.equal(contributes.configuration.properties["screenshotWorkbench.baseUrl"]?.scope, "machine");
    assert.ok(
      manifest.capabilities.untrustedWorkspaces.restrictedConfigurations.includes(
        "screenshotWorkbench.baseUrl",
      ),
    );
  });

  it("shows its menus on pictures and folders in trusted workspaces alone, and in its own view", () => {
    for (const [menu, entries] of Object.entries(contributes.menus)) {
      if (menu === "screenshotWorkbench.workflows") continue;
      for (const { when = "" } of entries) {
        if (menu.startsWith("view/")) assert.match(when, /^view == screenshotWorkbench\.history/);
        else if (menu === "commandPalette") assert.equal(when, "false");
        else assert.match(when, /^isWorkspaceTrusted && /);
        if (!menu.startsWith("e")) continue;
        const pattern = /resourceExtname =~ \/(.*)\/i\)?$/.exec(when)?.[1] ?? "(?!)";
        for (const extension of pictureExtensions) assert.match(`.${extension}`, new RegExp(pattern, "i"));
        assert.doesNotMatch(".txt", new RegExp(pattern, "i"));
      }
    }
  });

  it("is typed for the oldest VS Code that it supports", () => {
    assert.equal(manifest.engines.vscode, `^${manifest.devDependencies["@types/vscode"]}`);
  });

  it("has its walkthrough's files, and commands that exist", () => {
    for (const { media, description } of contributes.walkthroughs.flatMap(({ steps }) => steps)) {
      assert.ok(existsSync(media.markdown), media.markdown);
      for (const [, command = ""] of description.matchAll(/\(command:([^)]*)\)/g))
        assert.ok(commandIds.includes(command), command);
    }
  });
});
