import type { Provider } from "../provider.js";
import { limitsFor, smallestLimits } from "./limits.js";
import { builtInModels, defaultBaseUrl, defaultModel, takesEffort } from "./models.js";
import { pricesAsOf, publishedPrices } from "./prices.js";
import { promptLifetime } from "./promptCache.js";
import { RequestScheduler } from "./scheduler.js";

/** Claude, by Anthropic's API. The SDK is loaded when it is first connected to. */
export function createAnthropic(scheduler = new RequestScheduler()): Provider {
  return {
    id: "anthropic",
    defaultModel,
    defaultBaseUrl,
    models: builtInModels,
    takesEffort,
    limitsFor,
    smallestLimits,
    prices: publishedPrices,
    pricesAsOf,
    promptLifetime,
    get concurrency() {
      return scheduler.limiter.now;
    },
    setConcurrency: (most) => scheduler.limiter.setMost(most),
    connect: async (connection) => {
      const [{ createAsker }, { countTokens }, { listModels }, { createBatchApi }] = await Promise.all([
        import("./ask.js"),
        import("./countTokens.js"),
        import("./listModels.js"),
        import("./batches.js"),
      ]);
      return {
        ask: createAsker(connection, scheduler),
        countTokens: (question, signal) => countTokens(connection, question, signal),
        listModels: (signal) => listModels(connection, signal),
        batch: createBatchApi(connection),
      };
    },
  };
}
