import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { tools } from "../../../src/agent/tools.js";
import { readArguments } from "../../../src/cli/arguments.js";
import { agentTools } from "../../../src/editor/manifest/agentTools.js";

const Skill = z.strictObject({
  name: z
    .string()
    .max(64)
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  description: z.string().min(40).max(1024),
});
const Prompt = z.strictObject({ description: z.string(), agent: z.literal("agent") });

const headAndBody = (text: string): [head: unknown, body: string] => {
  const [, head = "", body = ""] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text) ?? [];
  return [parse(head), body];
};
const skills = readdirSync("skills").map((name) => ({
  name,
  text: readFileSync(`skills/${name}/SKILL.md`, "utf8"),
}));
const prompts = readdirSync("prompts").map((name) => ({
  name,
  text: readFileSync(`prompts/${name}`, "utf8"),
}));

const listed = new Set([...tools.map(({ name }) => name), ...Object.keys(agentTools)]);
const verbs = new Set([...listed].map((name) => name.split("_")[0]));
/** What reads like a tool's name. */
const namedIn = (text: string): string[] =>
  [...text.matchAll(/`([a-z]+(?:_[a-z]+)+)`/g)]
    .map(([, name = ""]) => name)
    .filter((name) => verbs.has(name.split("_")[0]));

describe("what agents are taught", () => {
  it("has the form that its readers ask for", () => {
    for (const { name, text } of skills) assert.equal(Skill.parse(headAndBody(text)[0]).name, name);
    for (const { name, text } of prompts) {
      assert.match(name, /^[a-z-]+\.prompt\.md$/);
      Prompt.parse(headAndBody(text)[0]);
    }
    assert.deepEqual([skills.length, prompts.length], [3, 3]);
  });

  it("names tools that there are", () => {
    for (const { name, text } of [...skills, ...prompts]) {
      const named = namedIn(text);
      assert.ok(named.length > 2, name);
      assert.deepEqual(
        named.filter((tool) => !listed.has(tool)),
        [],
        name,
      );
    }
    assert.deepEqual(namedIn("`view_everything` and `read_text`"), ["view_everything", "read_text"]);
  });

  it("names command lines that are understood", () => {
    const lines = [...skills, ...prompts].flatMap(({ text }) =>
      [...text.matchAll(/`screenshot-workbench ([^`]+)`/g)].map(([, line = ""]) => line),
    );
    assert.equal(lines.length, 2);
    for (const line of lines) assert.notEqual(readArguments(line.split(" ")).type, "help", line);
    assert.throws(() => readArguments(["audit", "a.png", "--fail"]));
  });
});
