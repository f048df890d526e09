import { createHash } from "node:crypto";

/** SHA-256 in hexadecimal: by it, a picture's content is known whatever its name. */
export const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
