import { sha256 } from "../image/sha256.js";
import { plainName } from "../text/plain.js";
import type { SourcePicture } from "./picture.js";

/** A picture that is at hand: pasted, dropped, or read already. @param uri where it is, when it is anywhere */
export const pictureOfBytes = (name: string, bytes: Uint8Array, uri?: string): SourcePicture => ({
  name: plainName(name),
  id: sha256(bytes),
  bytes: async () => bytes,
  ...(uri === undefined ? {} : { uri }),
});
