import type { Usage } from "./usage.js";

export const defaultBaseUrl = "https://api.anthropic.com";
export const defaultModel = "claude-sonnet-5-5";

export interface Model {
  id: string;
  name: string;
  /** Whether it can do the jobs here: see pictures and answer in a given structure. */
  usable: boolean;
  /** Whether `effort` can be set. */
  effort: boolean;
  /** What it is for, for the picker. */
  about: string;
}

/** What is offered when the API cannot be reached. Released up to October 2026. */
export const builtInModels: readonly Model[] = [
  {
    id: "claude-haiku-5-5",
    name: "Claude Haiku 5.5",
    usable: true,
    effort: false,
    about: "fastest and cheapest",
  },
  { id: "claude-sonnet-5-5", name: "Claude Sonnet 5.5", usable: true, effort: true, about: "balanced" },
  { id: "claude-opus-5-5", name: "Claude Opus 5.5", usable: true, effort: true, about: "thorough" },
  {
    id: "claude-fable-5-2",
    name: "Claude Fable 5.2",
    usable: true,
    effort: true,
    about: "hardest reasoning",
  },
];

/** A model that is not in the built-in list is taken to understand effort, as all current ones but Haiku do. */
export function takesEffort(model: string): boolean {
  return builtInModels.find(({ id }) => id === model)?.effort ?? !/haiku/.test(model);
}

/** US$ per million tokens. */
export interface Price {
  input: number;
  output: number;
  cacheWrite: number;
  cacheRead: number;
  /** The prices of a request whose input is longer than this many tokens. */
  long?: { above: number; input: number; output: number };
}

/** As published in October 2026. */
export const prices: Readonly<Record<string, Price>> = {
  "claude-haiku-5-5": {
    input: 0.1,
    output: 0.5,
    cacheWrite: 0.125,
    cacheRead: 0.01,
    long: { above: 100_000, input: 0.5, output: 2.5 },
  },
  "claude-sonnet-5-5": { input: 2, output: 10, cacheWrite: 2.5, cacheRead: 0.1 },
  "claude-opus-5-5": { input: 4, output: 20, cacheWrite: 5, cacheRead: 0.2 },
  "claude-fable-5-2": { input: 10, output: 50, cacheWrite: 12.5, cacheRead: 1 },
};

/** What one request cost, in US$; undefined for a model whose price is not known. */
export function costOf(model: string, usage: Usage): number | undefined {
  const price = prices[model];
  if (!price) return undefined;
  const read = usage.input + usage.cacheWrite + usage.cacheRead;
  const { input, output } = price.long && read > price.long.above ? price.long : price;
  const millionths =
    usage.input * input +
    usage.output * output +
    usage.cacheWrite * price.cacheWrite +
    usage.cacheRead * price.cacheRead;
  return millionths / 1e6;
}
