import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { TriageAnswer } from "../../../src/workflows/triage/schema.js";

/** What a field must say, in part, or that it must be empty. */
export type Expected = RegExp | "empty";

/** A bug screenshot, and what a right answer says of it. Fields that can be argued about are left out. */
export interface BugScreen {
  name: string;
  width: number;
  height: number;
  ratio: number;
  expected: Partial<Record<keyof TriageAnswer | "requestId", Expected>>;
}

export const bugs: readonly BugScreen[] = [
  {
    name: "upload",
    width: 1280,
    height: 720,
    ratio: 1,
    expected: {
      errorMessages: /413 Payload Too Large: the file exceeds the limit of 40 MB for the plan/,
      url: /^https:\/\/files\.paperbark\.example\/teams\/acct-17\/documents\/upload\?step=2$/,
      httpStatus: /^413$/,
      appVersion: /7\.4\.1/,
      requestId: /^01JD4-K7Q2-99XZ$/,
      stackTrace: "empty",
      browser: "empty",
      operatingSystem: "empty",
      input: /frame-agreement_final\(3\)\.docx/,
      severity: /^(critical|major)$/,
    },
  },
  {
    name: "terminal",
    width: 1000,
    height: 520,
    ratio: 1,
    expected: {
      title: /KeyError/,
      errorMessages: /KeyError: 'minor'/,
      stackTrace:
        /File "\/home\/mira\/src\/tilemaker\/draw\.py", line 97, in draw\n\s+colour = style\["contour"\]\["minor"\]/,
      appVersion: /3\.2\.0rc1/,
      operatingSystem: /Linux/,
      url: "empty",
      httpStatus: "empty",
      browser: "empty",
      requestId: "empty",
      input: /tilemaker render --region alps --zoom 14/,
      severity: /^(critical|major)$/,
    },
  },
  {
    name: "phone",
    width: 390,
    height: 844,
    ratio: 2,
    expected: {
      errorMessages: /Der Sitzplatz konnte nicht reserviert werden/,
      requestId: /^a41f-0c7e$/,
      url: "empty",
      httpStatus: "empty",
      stackTrace: "empty",
      browser: "empty",
      appVersion: "empty",
      component: /Verbindung buchen/,
      severity: /^(critical|major)$/,
    },
  },
  {
    name: "grid",
    width: 900,
    height: 520,
    ratio: 1,
    expected: {
      errorMessages: /Incorrect syntax near the keyword 'WHERE'/,
      appVersion: /2\.11\.0/,
      component: /Inventory/,
      url: "empty",
      httpStatus: "empty",
      stackTrace: "empty",
      browser: "empty",
      requestId: "empty",
      severity: /^(critical|major|unknown)$/,
    },
  },
  {
    name: "layout",
    width: 900,
    height: 560,
    ratio: 1,
    expected: {
      url: /^https:\/\/staging\.kiteboard\.example\/pricing$/,
      errorMessages: "empty",
      stackTrace: "empty",
      httpStatus: "empty",
      requestId: "empty",
      browser: "empty",
      appVersion: "empty",
      component: /pricing/i,
      severity: /^(critical|major|minor)$/,
    },
  },
];

export const bugPage = ({ name }: BugScreen): string =>
  readFileSync(resolve(`test/bench/prompts/bugs/${name}.html`), "utf8");
