export const defaultBaseUrl = "https://api.anthropic.com";
export const defaultModel = "claude-sonnet-5-5";

export interface Model {
  id: string;
  name: string;
  /** Whether it can do the workflows here: see pictures and answer in a given structure. */
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
