import { readdirSync, readFileSync } from "node:fs";

const folder = "test/fixtures/diagrams/corpus";

/** The project's own Mermaid texts: one feature each, by the kind of diagram. */
export const corpus: ReadonlyArray<{ kind: string; texts: readonly string[] }> = readdirSync(folder).map(
  (file) => ({
    kind: file.replace(".txt", ""),
    texts: readFileSync(`${folder}/${file}`, "utf8").split("\n====\n"),
  }),
);
