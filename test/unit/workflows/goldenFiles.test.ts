import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import prisma from "@prisma/prisma-schema-wasm";
import { loadModule, parseSync } from "libpg-query";
import { emitTarget } from "../../../src/workflows/diagram/emit/emitTarget.js";
import { type targetIds, targets, targetsFor } from "../../../src/workflows/diagram/emit/targets.js";
import { validGraph } from "../../../src/workflows/diagram/graph.js";
import { goldenFolder, goldenGraph, goldenNames } from "../../support/goldens.js";
import { ruffObjections } from "../../support/ruff.js";

/** The languages in which nobody writes by hand: their layout is computed. */
const computed = ["drawio", "excalidraw", "bpmn"];

const fileOf = (id: (typeof targetIds)[number]): string => `${id}.${targets[id].ending}`;

describe("what a careful person writes for a drawing", () => {
  before(() => loadModule());

  for (const name of goldenNames()) {
    const { graph, repairs } = validGraph(goldenGraph(name));

    it(`is written for “${name}”, in every language that can hold it`, () => {
      assert.deepEqual(repairs, []);
      const files = readdirSync(join(goldenFolder, name)).filter((file) => file !== "graph.json");
      const written = targetsFor(graph.kind).filter((id) => !computed.includes(id));
      assert.deepEqual(files.sort(), written.map(fileOf).sort());
      for (const id of written) {
        const golden = readFileSync(join(goldenFolder, name, fileOf(id)), "utf8");
        assert.equal(emitTarget(graph, id).text, golden, `${name} in ${id}`);
      }
    });

    it(`has nothing in “${name}” that a language's own formatter or linter would change`, async () => {
      const text = (id: (typeof targetIds)[number]) => emitTarget(graph, id).text;
      const can = (id: (typeof targetIds)[number]) => targets[id].kinds.includes(graph.kind);
      if (can("python")) assert.deepEqual(ruffObjections(text("python")), []);
      if (can("sql")) assert.ok((parseSync(text("sql")).stmts ?? []).length > 0);
      if (can("prisma")) {
        const schema = [["schema.prisma", text("prisma")]];
        const options = {
          textDocument: { uri: "file:/schema.prisma" },
          options: { tabSize: 2, insertSpaces: true },
        };
        assert.deepEqual(JSON.parse(prisma.format(JSON.stringify(schema), JSON.stringify(options))), schema);
      }
    });
  }
});
