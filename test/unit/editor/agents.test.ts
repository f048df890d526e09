import assert from "node:assert/strict";
import { Uri } from "vscode";
import { readArguments } from "../../../src/cli/arguments.js";
import { serverArguments } from "../../../src/editor/agents/serverArguments.js";
import { standIn, workspace } from "../../support/vscodeStandIn.js";

describe("the editor's server for agents", () => {
  beforeEach(() => standIn.reset());
  afterEach(() => {
    workspace.isTrusted = true;
    workspace.workspaceFolders = undefined;
  });

  it("reads the workspace's folders, as the person has set, and the command line understands it", () => {
    workspace.workspaceFolders = [
      { uri: Uri.file("/work/one"), name: "one" },
      { uri: Uri.parse("vscode-vfs://github/a/b"), name: "away" },
    ];
    standIn.settings.set("screenshotWorkbench.redaction", "off");
    standIn.settings.set("screenshotWorkbench.budget.daily", 3);
    standIn.settings.set("screenshotWorkbench.pixelRatio", 2);
    const command = readArguments(serverArguments() ?? []);
    assert.ok(command.type === "mcp");
    const { root, redaction, languages, "daily-budget": daily, "pixel-ratio": ratio } = command.options;
    assert.deepEqual(
      { root, redaction, languages, daily, ratio },
      {
        root: ["/work/one"],
        redaction: "off",
        languages: ["eng"],
        daily: 3,
        ratio: 2,
      },
    );
  });

  it("is none without a folder on this machine, or where the workspace is not trusted", () => {
    assert.equal(serverArguments(), undefined);
    workspace.workspaceFolders = [{ uri: Uri.file("/work/one"), name: "one" }];
    workspace.isTrusted = false;
    assert.equal(serverArguments(), undefined);
  });
});
