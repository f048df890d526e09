import type { Features } from "../features.js";
import type { Log } from "../log.js";

/** Where something was run before, today's spend is shown and open batches are looked after. */
export async function resumeBatches(features: () => Promise<Features>, log: Log): Promise<void> {
  try {
    const { hasStoredData } = await import("../../store/storage.js");
    if (hasStoredData()) await (await features()).services.watch.start();
  } catch (error) {
    log.error("What was stored could not be looked after", error);
  }
}
