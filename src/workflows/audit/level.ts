import { z } from "zod";
import type { AnyCheck } from "../../checks/check.js";
import { criterionOf } from "../../checks/criteria.js";
import { checks } from "../../checks/index.js";
import type { Parameters } from "../workflow.js";
import { type Level, levels } from "./levels.js";

/** What was asked for; AA where nothing was. */
export const levelOf = (parameters: Parameters = {}): Level =>
  z.enum(levels).catch(levels[0]).parse(parameters.level);

/** What is checked by measure at a level. */
export const checksOf = (asked: Level): AnyCheck[] =>
  checks.filter(({ criterion }) => asked === "AAA" || criterionOf(criterion).level !== "AAA");
