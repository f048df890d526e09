import { UserError } from "../errors.js";
import { preparePicture } from "./prepare.js";
import type { PrepareReply, PrepareRequest } from "./process.js";

/** The decoding process: one picture in, one prepared picture out. Its parent is ImageProcess. */
process.on("message", async ({ bytes, name, limits }: PrepareRequest) => {
  process.send?.(await answer(() => preparePicture(bytes, name, limits)));
});
process.on("disconnect", () => process.exit());

async function answer(prepare: () => ReturnType<typeof preparePicture>): Promise<PrepareReply> {
  try {
    return { picture: await prepare() };
  } catch (error) {
    if (error instanceof UserError) {
      return { userError: { problem: error.problem, advice: error.advice, next: [...error.next] } };
    }
    return { unexpected: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
