import type { RunResult } from "../store/runs/runResult.js";

/** A run as a JSON value: the judged answer, the size of what was sent, and what it cost. */
export function runToJson(result: RunResult) {
  const { workflow, picture, measurement, judged, report, asked, milliseconds } = result;
  return {
    workflow,
    picture: {
      name: picture.name,
      sha256: picture.sha256,
      width: picture.width,
      height: picture.height,
      prepared: picture.parts.map(({ mediaType, width, height, scale, offset, visualTokens }) => {
        return { mediaType, width, height, scale, offset, visualTokens };
      }),
    },
    answer: judged,
    measurement,
    notes: report.notes,
    /** Null when the pixels alone were looked at. */
    model: asked?.model ?? null,
    usage: asked?.usage ?? null,
    cost: asked?.cost ?? null,
    milliseconds,
    requestId: asked?.requestId ?? null,
    /** When it was asked, where the answer was known already and nothing was sent. */
    cachedAt: asked?.cachedAt ?? null,
  };
}
