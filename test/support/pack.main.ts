import { rm, writeFile } from "node:fs/promises";
import { buildInto, notices } from "./shipped.js";

/** Puts in `dist` what `npm pack` ships: the bundle for production, and the licences of what is in it. */
await rm("dist", { recursive: true });
await writeFile("dist/NOTICES.txt", await notices(await buildInto("dist")));
