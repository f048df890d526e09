import type { RunResult } from "../store/runs/runResult.js";

/** A run as a JSON value: the evaluated answer, the size of what was sent, and what it cost. */
export function runToJson(result: RunResult) {
  const { settings, evaluated, report, response, milliseconds } = result;
  const [{ picture, measurement: whole }] = result.pictures;
  // A map of pixels is for programs of our own.
  const { ink: _, ...measurement } = whole;
  const shapeOf = (one: typeof picture) => ({
    name: one.name,
    sha256: one.sha256,
    width: one.width,
    height: one.height,
    prepared: one.parts.map(({ mediaType, width, height, scale, offset, visualTokens }) => {
      return { mediaType, width, height, scale, offset, visualTokens };
    }),
  });
  const several = result.pictures.map(({ label, picture: one }) => ({ label, ...shapeOf(one) }));
  return {
    workflow: settings.workflow,
    picture: shapeOf(picture),
    ...(several.length > 1 ? { pictures: several } : {}),
    answer: evaluated,
    measurement,
    notes: report.notes,
    /** Null when the pixels alone were looked at. */
    model: response?.model ?? null,
    usage: response?.usage ?? null,
    cost: response?.cost ?? null,
    milliseconds,
    requestId: response?.requestId ?? null,
    /** When it was asked, where the answer was known already and nothing was sent. */
    cachedAt: response?.cachedAt ?? null,
  };
}
