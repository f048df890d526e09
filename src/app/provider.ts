import { createAnthropic } from "../providers/anthropic/anthropic.js";
import type { Provider } from "../providers/provider.js";

/** Who answers questions here. What is known of it without asking costs nothing to load. */
export const provider: Provider = createAnthropic();
