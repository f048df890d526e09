import { provider } from "../../app/provider.js";

/**
 * The settings that belong to no one workflow, as package.json contributes them, in their order. What a setting is when
 * nobody sets it is said here and nowhere else.
 */
export const editorSettings = {
  model: {
    type: "string",
    default: provider.defaultModel,
    markdownDescription: "The model to ask. **Screenshot: Choose Model** lists those that your key can use.",
  },
  baseUrl: {
    type: "string",
    default: provider.defaultBaseUrl,
    scope: "machine",
    markdownDescription:
      "The API's address, for a gateway. Only your own settings count, never a workspace's. The key is kept for this address alone: after a change, it is asked for again.",
  },
  redaction: {
    type: "string",
    enum: ["ask", "always", "off"],
    enumDescriptions: [
      "Ask what to do when something that looks like a secret is found. Where nobody can be asked, it is covered.",
      "Cover what looks like a secret, without asking.",
      "Do not look for secrets.",
    ],
    default: "ask",
    markdownDescription:
      "What happens to e-mail addresses, phone and card numbers, bank accounts, US social security numbers, keys and tokens that are read in a picture, before it is sent.",
    scope: "application",
  },
  pixelRatio: {
    type: "number",
    minimum: 0,
    maximum: 8,
    default: 0,
    markdownDescription:
      "Pixels of a screenshot for each CSS pixel, such as `2` for a high-density screen. `0` guesses it from the letters' sizes.",
  },
  "ocr.languages": {
    type: "string",
    default: "eng",
    pattern: "^[A-Za-z_]{3,20}(\\+[A-Za-z_]{3,20})*$",
    patternErrorMessage: "Tesseract's names, joined by +, such as eng+deu.",
    markdownDescription:
      "The languages of the text in pictures, by Tesseract's names, joined by `+`, such as `eng+deu`. English is included; for others, `#screenshotWorkbench.ocr.folder#` has to hold the data of all that are named.",
  },
  "ocr.folder": {
    type: "string",
    default: "",
    scope: "machine-overridable",
    markdownDescription:
      "A folder with Tesseract's data for all languages in `#screenshotWorkbench.ocr.languages#`, such as `eng.traineddata` and `deu.traineddata`. Not needed for English alone.",
  },
  problems: {
    type: "boolean",
    default: true,
    markdownDescription:
      "List measured accessibility failures in the Problems panel, on the picture's file, while its result is open.",
  },
  atOnce: {
    type: "integer",
    minimum: 1,
    maximum: 16,
    default: 4,
    markdownDescription:
      "How many pictures are worked on at once. The number halves when the API says that it is too much, and grows back.",
  },
  confirmAbove: {
    type: "number",
    minimum: 0,
    default: 0.5,
    markdownDescription:
      "A command on many pictures that most likely costs more than this is confirmed first. US dollars.",
    scope: "machine",
  },
  "budget.daily": {
    type: "number",
    minimum: 0,
    default: 20,
    markdownDescription:
      "What may be spent in one day, in all windows and on the command line. What would pass it is not sent. US dollars; `0` for no limit.",
    scope: "machine",
  },
  "budget.command": {
    type: "number",
    minimum: 0,
    default: 10,
    markdownDescription:
      "What one command may spend. What would pass it is not sent. US dollars; `0` for no limit.",
    scope: "machine",
  },
  prices: {
    type: "object",
    default: {},
    markdownDescription:
      'Prices of models, in US dollars per million tokens, where they differ from the published ones of October 2026: `{"claude-sonnet-5-5": {"input": 2, "output": 10, "cacheWrite": 2.5, "cacheRead": 0.1}}`.',
    additionalProperties: {
      type: "object",
      properties: {
        input: {
          type: "number",
          minimum: 0,
        },
        output: {
          type: "number",
          minimum: 0,
        },
        cacheWrite: {
          type: "number",
          minimum: 0,
        },
        cacheRead: {
          type: "number",
          minimum: 0,
        },
      },
    },
    scope: "machine",
  },
  "storage.days": {
    type: "number",
    minimum: 1,
    default: 30,
    markdownDescription: "Days after which results and their copies of pictures are deleted.",
    scope: "machine",
  },
  "storage.megabytes": {
    type: "number",
    minimum: 10,
    default: 1000,
    markdownDescription:
      "The most that is kept of results, copies of pictures and answers; the oldest make room.",
    scope: "machine",
  },
  "addresses.allowed": {
    type: "array",
    items: { type: "string" },
    default: [],
    markdownDescription:
      "Hosts from which **Screenshot: From Address…** may fetch pictures although they are on this machine or in its own networks, such as `wiki.local:8443`. Only your own settings count, never a workspace's.",
    scope: "machine",
  },
} as const;

export type EditorSetting = keyof typeof editorSettings;
