import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { commandIds, pasteLanguages, section, settingKeys } from "../src/editor/contributions.js";
import { pictureExtensions } from "../src/image/format.js";

interface Manifest {
  engines: { vscode: string };
  devDependencies: Record<string, string>;
  capabilities: { untrustedWorkspaces: { restrictedConfigurations: string[] } };
  activationEvents: string[];
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

describe("the manifest", () => {
  it("contributes the commands that the code knows", () => {
    assert.deepEqual(contributes.commands.map(({ command }) => command).sort(), [...commandIds].sort());
    for (const { category } of contributes.commands) assert.equal(category, "Screenshot");
  });

  it("contributes the settings that the code reads, each described", () => {
    const { properties } = contributes.configuration;
    assert.deepEqual(Object.keys(properties).sort(), settingKeys.map((key) => `${section}.${key}`).sort());
    for (const setting of Object.values(properties))
      assert.ok(setting.description ?? setting.markdownDescription);
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

  it("wakes up for its commands, its panels, its batches and the languages that it pastes into", () => {
    assert.deepEqual(manifest.activationEvents, [
      // Batches that were submitted are looked after, whatever is opened.
      "onStartupFinished",
      "onWebviewPanel:screenshotWorkbench.result",
      "onWebviewPanel:screenshotWorkbench.table",
      ...pasteLanguages.map((language) => `onLanguage:${language}`),
    ]);
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
