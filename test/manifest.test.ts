import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { documentExtensions, pictureExtensions } from "../src/image/format.js";
import { readerEndings } from "../src/workflows/diagram/read/readers.js";
import { workflows } from "../src/workflows/index.js";
import type { Workflow } from "../src/workflows/workflow.js";
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

  it("has everything of a further workflow from what that says about itself", () => {
    const { triage } = workflows;
    const read: Workflow = {
      ...triage,
      id: "peruse",
      title: "Peruse",
      presentation: {
        ...triage.presentation,
        result: "text",
        commands: [
          { name: "copyWords", title: "Copy Words", way: "copy", menu: { group: "0_quick", order: 0 } },
          { name: "peruse", title: "Peruse", way: "panel", menu: { group: "1_workflows", order: 4 } },
        ],
        settings: {
          ...triage.presentation.settings,
          own: { format: { type: "string", default: "plain", markdownDescription: "Plain or Markdown." } },
        },
      },
    };
    const { menus, commands, configuration } = generated([...Object.values(workflows), read]);
    const [first] = menus["screenshotWorkbench.workflows"] ?? [];
    assert.deepEqual(first, { command: "screenshotWorkbench.copyWords", group: "0_quick@0" });
    assert.equal(commands.length, contributes.commands.length + 2);
    for (const key of ["model", "effort", "format"])
      assert.ok(configuration.properties[`screenshotWorkbench.peruse.${key}`], key);
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
      for (const { when = "", command } of entries) {
        if (menu.startsWith("view/")) assert.match(when, /^view == screenshotWorkbench\.history/);
        else if (menu === "commandPalette") assert.equal(when, "false");
        else assert.match(when, /^isWorkspaceTrusted && /);
        if (!menu.startsWith("e")) continue;
        const pattern = /resourceExtname =~ \/(.*)\/i\)?$/.exec(when)?.[1] ?? "(?!)";
        const endings =
          command === "screenshotWorkbench.convertDiagram"
            ? readerEndings
            : [...pictureExtensions, ...documentExtensions];
        for (const ending of endings) assert.match(`.${ending}`, new RegExp(pattern, "i"));
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
