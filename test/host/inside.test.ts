import assert from "node:assert/strict";
import { VsCode } from "../support/vscode.js";
import { Workspace } from "../support/workspace.js";

describe("inside the extension host", function () {
  this.timeout(120_000);

  it("is idle until used, and registers what the manifest says", async () => {
    const workspace = await Workspace.create();
    const code = await VsCode.launch({
      workspace: workspace.folder,
      tests: "dist/test/host/inside/index.main.js",
    });
    const { code: exit, log } = await code.testsEnded;
    await code.close();
    await workspace.remove();
    assert.deepEqual(
      log.filter((line) => /^failed/.test(line)),
      [],
    );
    assert.equal(log.filter((line) => /^ok: /.test(line)).length, 3, log.join("\n"));
    assert.equal(exit, 0);
  });
});
