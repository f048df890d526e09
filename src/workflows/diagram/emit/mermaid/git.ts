import type { Graph } from "../../schema.js";
import { labelLines } from "../labels.js";
import { indent, type Names } from "../names.js";
import { quotedLine } from "./labels.js";

/** A history of commits. Mermaid refuses what git would refuse, so it is left out and said. */
export function git({ rows }: Graph, _: Names, warnings: string[]): string[] {
  const written: string[] = [];
  const heads = new Map<string, string | undefined>();
  /** The branch that a commit was made on. */
  const madeOn = new Map<string, string>();
  const ids = new Set<string>();
  let main: string | undefined;
  let current: string | undefined;
  const title = (branch: string): string =>
    branch === main ? "main" : quotedLine(branch === "main" ? "main (2)" : branch, "commit");
  const idOf = (label: string): string => {
    const wanted = labelLines(label).join(" ") || `commit ${ids.size + 1}`;
    let id = wanted;
    for (let number = 2; ids.has(id); number++) id = `${wanted} (${number})`;
    ids.add(id);
    return id;
  };
  const go = (branch: string): void => {
    if (main === undefined) {
      main = branch;
      if (branch !== "main")
        warnings.push(`Mermaid calls the first branch main; in the picture it is “${branch}”.`);
      heads.set(branch, undefined);
    } else if (!heads.has(branch)) {
      heads.set(branch, current === undefined ? undefined : heads.get(current));
      written.push(`branch ${title(branch)}`);
    } else if (branch !== current) written.push(`checkout ${title(branch)}`);
    current = branch;
  };
  for (const { role, section, label, start, end } of rows) {
    const branch = branchName(section);
    const tag = end.trim() === "" ? "" : ` tag: ${quotedLine(end, "commit")}`;
    if (role === "branch") {
      go(branch);
      go(branchName(label));
    } else if (role === "merge") {
      const from = branchName(start);
      const possible =
        branch !== from &&
        heads.get(branch) !== undefined &&
        heads.get(from) !== undefined &&
        heads.get(branch) !== heads.get(from) &&
        // A branch without commits of its own has nothing to merge into: Mermaid takes it for the other one.
        madeOn.get(heads.get(branch) ?? "") !== from;
      if (!possible) {
        warnings.push(`The merge of “${from}” into “${branch}” is left out: there is nothing to merge.`);
        continue;
      }
      go(branch);
      const id = idOf(label || `merge ${from}`);
      written.push(`merge ${title(from)} id: ${quotedLine(id, "commit")}${tag}`);
      heads.set(branch, id);
      madeOn.set(id, branch);
    } else {
      go(branch);
      const id = idOf(label);
      written.push(`commit id: ${quotedLine(id, "commit")}${tag}`);
      heads.set(branch, id);
      madeOn.set(id, branch);
    }
  }
  return ["gitGraph", ...indent(written)];
}

const branchName = (text: string): string => labelLines(text).join(" ") || "main";
