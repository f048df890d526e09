import type { MediaType } from "../../image/prepared.js";
import type { RunPicture } from "../../store/runs/runResult.js";

const endings: Record<MediaType, string> = {
  "image/png": ".png",
  "image/jpeg": ".jpg",
  "image/webp": ".webp",
  "image/gif": ".gif",
};

/**
 * The picture as it may be copied to where others see it: the original file, or, when anything was covered in
 * it, what was prepared. A page in several parts is no one picture any more.
 *
 * @param name the original's file name
 */
export function shareable(
  { prepared, measurement }: Pick<RunPicture, "prepared" | "measurement">,
  name: string,
  original: () => Promise<Uint8Array>,
): { name: string; bytes: () => Promise<Uint8Array> } | undefined {
  const { secrets, covered, covers = [] } = measurement;
  if (covers.length === 0 && (secrets.length === 0 || !covered)) return { name, bytes: original };
  const [only, ...more] = prepared?.parts ?? [];
  if (!only || more.length > 0) return undefined;
  return { name: name.replace(/\.[^.]*$/, "") + endings[only.mediaType], bytes: async () => only.bytes };
}
