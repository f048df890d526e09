import { z } from "zod";
import { provider } from "../app/provider.js";
import { languagesSchema } from "../measure/languages.js";
import { notLookedFor } from "../measure/secrets.js";
import { efforts } from "../providers/effort.js";
import { formats } from "../render/formats.js";
import { type Box, impacts } from "../report.js";
import { redactions } from "../store/redaction.js";
import { ignoreFile } from "../workflows/compare/zones.js";
import { mermaidVersions } from "../workflows/diagram/emit/emitted.js";
import { targetIds } from "../workflows/diagram/emit/targets.js";
import { kindChoices } from "../workflows/extract/presentation.js";
import { failOns } from "./failOn.js";

const { defaultModel, defaultBaseUrl } = provider;

/** What an option takes, and what is said of it in the help. */
interface OptionHelp {
  /** What stands after it, such as FILE; absent for one that is on or off. */
  value?: string;
  help: string;
  /** Whether it can be given several times. */
  multiple?: true;
}

/** The section of the help, in this order. */
const sections = ["results", "asking", "measuring", "agents"] as const;

const described = <Schema extends z.ZodType>(
  schema: Schema,
  section: (typeof sections)[number],
  help: OptionHelp,
): Schema => {
  helpOf.set(schema, { section, ...help });
  return schema;
};
const helpOf = new Map<z.ZodType, OptionHelp & { section: (typeof sections)[number] }>();

const flag = (section: (typeof sections)[number], help: string) =>
  described(z.boolean().default(false), section, { help });

const file = z.string().min(1);
const amount = z.coerce.number().nonnegative();

/** Four whole numbers: a place's left and top edge, its width and its height. */
const place = z
  .string()
  .regex(/^\d{1,6},\d{1,6},[1-9]\d{0,5},[1-9]\d{0,5}$/, "say X,Y,WIDTH,HEIGHT, such as 20,40,300,24")
  .transform((written): Box => {
    const [x = 0, y = 0, width = 0, height = 0] = written.split(",").map(Number);
    return { x, y, width, height };
  });

/** Every option, once: its name, its form, its default and its help. */
export const Options = z.object({
  format: described(z.enum(formats.map(({ id }) => id)).default("markdown"), "results", {
    value: formats.map(({ id }) => id).join("|"),
    help: "what to write (default markdown)",
  }),
  target: described(z.enum(targetIds).optional(), "results", {
    value: "T",
    help: `write the diagram alone, in this language: ${targetIds.join(", ")}`,
  }),
  "mermaid-version": described(z.enum(mermaidVersions).default("github"), "results", {
    value: mermaidVersions.join("|"),
    help: "with --target mermaid: for what GitHub and other hosts draw, or for the latest Mermaid (default github)",
  }),
  to: described(z.enum(targetIds).optional(), "results", {
    value: "T",
    help: "of convert: the language to write a diagram's file in, one of those",
  }),
  kind: described(z.enum(kindChoices).default("auto"), "results", {
    value: "K",
    help: `of extract: what a picture is taken for: ${kindChoices.join(", ")} (default auto)`,
  }),
  schema: described(file.optional(), "results", {
    value: "FILE",
    help: "of extract: the JSON Schema that the data is to have, or an example of the data",
  }),
  vocabulary: described(z.string().max(2000).optional(), "results", {
    value: "WORDS",
    help: "of extract: words that the documents use and that are easily misread, with commas between",
  }),
  out: described(file.optional(), "results", {
    value: "DIR",
    help: "write one file a picture there, instead of to standard output",
  }),
  summary: described(z.array(file).default([]), "results", {
    value: "FILE",
    help: "write all pictures as one report, by the ending of its file: .md, .html, .csv or .sarif; can be given several times",
    multiple: true,
  }),
  baseline: described(file.optional(), "results", {
    value: "FILE",
    help: "known findings: only new ones count for --fail-on (default .screenshot-workbench-baseline.json, where there is one)",
  }),
  "update-baseline": flag("results", "save the current findings as the baseline"),
  "fail-on": described(z.enum(failOns).optional(), "results", {
    value: "WEIGHT",
    help: `exit with 1 on findings at or above ${impacts.join("|")}; of compare, on substantive changes, on any, or on none`,
  }),
  ignore: described(z.array(place).default([]), "results", {
    value: "X,Y,W,H",
    help: "of compare: leave this place out, in pixels of the picture after; can be given several times",
    multiple: true,
  }),
  "ignore-file": described(file.optional(), "results", {
    value: "FILE",
    help: `of compare: named zones to leave out (default ${ignoreFile}, where there is one)`,
  }),

  model: described(z.string().min(1).default(defaultModel), "asking", {
    value: "M",
    help: `the model to ask (default ${defaultModel})`,
  }),
  effort: described(z.enum(efforts).default("medium"), "asking", { value: "E", help: efforts.join("|") }),
  "base-url": described(z.string().default(defaultBaseUrl), "asking", {
    value: "U",
    help: `the API's address (default ${defaultBaseUrl})`,
  }),
  "at-once": described(z.coerce.number().int().min(1).max(16).default(4), "asking", {
    value: "N",
    help: "pictures that are worked on at once (default 4)",
  }),
  batch: flag("asking", "submit at half price, answered within a day; prints the batch's id"),
  again: flag("asking", "ask again, even where the answer is cached"),
  estimate: flag("asking", "say what it would cost; don't call the API"),
  "count-tokens": flag("asking", "say the exact number of tokens, by the API's own count, which is free"),
  "max-cost": described(amount.optional(), "asking", {
    value: "US$",
    help: "what this command may cost at most (default 10)",
  }),
  "daily-budget": described(amount.default(20), "asking", {
    value: "US$",
    help: "what may be spent a day on this machine (default 20)",
  }),
  "allow-unknown-price": flag(
    "asking",
    "ask a model whose price is not known, and which no budget can bound",
  ),
  yes: flag("asking", "go on even if it most likely costs more than US$ 0.50"),

  offline: flag("measuring", "measure the picture; don't call the API"),
  level: described(z.enum(["AA", "AAA"]).default("AA"), "measuring", {
    value: "AA|AAA",
    help: "the level of WCAG 2.2 to audit at (default AA)",
  }),
  redaction: described(z.enum(redactions).default("ask"), "measuring", {
    value: redactions.join("|"),
    help: `cover what looks like a secret before it is sent (default ask, which means always where there is nobody to ask). ${notLookedFor}`,
  }),
  cover: described(z.array(place).default([]), "measuring", {
    value: "X,Y,W,H",
    help: "cover this place in every picture, whatever stands there, in pixels as reports give them; can be given several times",
    multiple: true,
  }),
  "pixel-ratio": described(z.coerce.number().positive().max(8).optional(), "measuring", {
    value: "N",
    help: "pixels for each CSS pixel (default: guessed)",
  }),
  languages: described(languagesSchema.default(["eng"]), "measuring", {
    value: "L",
    help: "languages of the text, by Tesseract's names, such as eng+deu (default eng)",
  }),
  "language-folder": described(file.optional(), "measuring", {
    value: "DIR",
    help: "where the data for languages other than English lies",
  }),

  root: described(z.array(file).default([]), "agents", {
    value: "DIR",
    help: "of mcp: a folder whose files agents may have read, by default the working folder; can be given several times",
    multiple: true,
  }),
});
export type Options = z.infer<typeof Options>;

const entries = Object.entries(Options.shape).map(([name, schema]) => {
  const help = helpOf.get(schema);
  if (!help) throw new Error(`--${name} has no help`);
  return { name, ...help };
});

/** The options as Node's parser takes them. */
export const parserOptions = {
  ...Object.fromEntries(
    entries.map(({ name, value, multiple }) => [
      name,
      value === undefined
        ? { type: "boolean" as const }
        : { type: "string" as const, multiple: multiple ?? false },
    ]),
  ),
  help: { type: "boolean" as const, short: "h" },
  version: { type: "boolean" as const },
};

/** The column at which help begins, and the last one of a line. */
const [helpColumn, lastColumn] = [33, 112];

/** The options as the help lists them. */
export const optionsHelp = sections
  .map((section) =>
    entries
      .filter((entry) => entry.section === section)
      .map(({ name, value, help }) => entryHelp(`  --${name}${value === undefined ? "" : ` ${value}`}`, help))
      .join("\n"),
  )
  .join("\n\n");

function entryHelp(head: string, help: string): string {
  const lines = wrapped(help, lastColumn - helpColumn);
  const first = head.length < helpColumn - 1 ? [] : [head];
  const indent = " ".repeat(helpColumn);
  const body = lines.map((line, index) =>
    index === 0 && first.length === 0 ? head.padEnd(helpColumn) + line : indent + line,
  );
  return [...first, ...body].join("\n");
}

function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
