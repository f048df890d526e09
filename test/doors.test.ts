import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";

const sources = readdirSync("src", { recursive: true, encoding: "utf8" })
  .map((name) => `src/${name.replaceAll("\\", "/")}`)
  .filter((file) => file.endsWith(".ts"))
  .map((file) => ({ file, text: readFileSync(file, "utf8") }));
const filesThat = (pattern: RegExp): string[] =>
  sources.flatMap(({ file, text }) => (pattern.test(text) ? [file] : [])).sort();

describe("the doors", () => {
  /** What stands here is tested with hostile files; who comes anew goes through one of these, or is tested, too. */
  it("through which files are opened are known (S6)", () => {
    const reads = /\b(readFile|readFileSync|open|openSync|createReadStream)\b[^;]*\} from "node:fs/;
    assert.deepEqual(filesThat(reads), [
      "src/cli/destinations.ts",
      // Its own decoder, from beside the bundle.
      "src/image/heif/heic.ts",
      "src/image/pdf/pdfium.ts",
      "src/measure/codes.ts",
      "src/sources/regularFile.ts",
      "src/store/journal.ts",
      "src/store/lease.ts",
      "src/store/runs/runRecord.ts",
      "src/store/seal.ts",
    ]);
    assert.deepEqual(filesThat(/workspace\.fs\.readFile/), ["src/editor/readFile.ts"]);
  });

  it("to the network, for what a person names, is one", () => {
    const connects = /\} from "node:(https?|http2|dns|tls)(\/promises)?"/;
    assert.deepEqual(filesThat(connects), ["src/sources/download.ts"]);
  });

  it("to the terminal is one (S9)", () => {
    assert.deepEqual(filesThat(/process\.std(out|err)\.write|console\.(log|error|warn|info)/), [
      "src/cli/terminal.ts",
    ]);
  });

  it("to files are used by callers that are known (S6)", () => {
    assert.deepEqual(filesThat(/from "(\.\.?\/)+sources\/(regularFile|file)\.js"/), [
      "src/agent/files.ts",
      "src/cli/compareCommand.ts",
      "src/cli/convertCommand.ts",
      "src/cli/password.ts",
      "src/cli/schemaFile.ts",
      "src/cli/writeSummaries.ts",
      "src/editor/compare/ignoreFile.ts",
      "src/editor/issue/issues.ts",
      "src/editor/panel/subjects.ts",
      "src/editor/readFile.ts",
      "src/editor/tables/confirmMany.ts",
      "src/editor/ways-in/pictures.ts",
    ]);
  });
});
