import { z } from "zod";
import { pictureAt } from "../sources/index.js";
import { onlyPicture } from "../sources/picture.js";
import type { RunResult } from "../store/runs/runResult.js";
import { type Level, levels } from "../workflows/audit/levels.js";
import { workflows } from "../workflows/index.js";
import { parametersOf } from "../workflows/presentation.js";
import type { PictureGeometry } from "../workflows/workflow.js";
import { asMeasured } from "./pictures.js";
import type { ToolContext } from "./tool.js";

export const AuditLevel = z.enum(levels).default(levels[0]).describe("The level of WCAG 2.2 to audit at");

/** An audit of a picture from its pixels alone, whose places are in pixels of the original. */
export interface Audited {
  /** The real path. */
  file: string;
  bytes(signal: AbortSignal): Promise<Uint8Array>;
  result: RunResult;
}

/**
 * Audits a picture from its pixels alone.
 *
 * @throws UserError when it may not be read, or cannot be used
 * @throws CancelledError when the signal aborts
 */
export async function auditByMeasure(
  context: ToolContext,
  named: string,
  level: Level,
  signal: AbortSignal,
): Promise<Audited> {
  const file = await context.roots.find(named);
  const source = asMeasured(await pictureAt(file, signal));
  const workflow = workflows.audit;
  const parameters = parametersOf(workflow.presentation, { level });
  const settings = { ...context.settings, parameters };
  const runner = await context.app.runner(undefined);
  const result = await runner.run(
    { workflow, pictures: onlyPicture(source), settings, offline: true },
    { signal },
  );
  const [first, ...others] = result.pictures;
  const pictures = [{ ...first, picture: asOriginal(first.picture) }, ...others] as const;
  return { file, bytes: (reading) => source.bytes(reading), result: { ...result, pictures } };
}

/** The geometry of a picture of which places are given in its own pixels. */
function asOriginal({ parts: [first], ...picture }: PictureGeometry): PictureGeometry {
  const { width, height } = picture;
  const whole = { width, height, scale: { x: 1, y: 1 }, offset: { x: 0, y: 0 } };
  return { ...picture, parts: first ? [{ ...first, ...whole }] : [] };
}
