import { ApiDouble, goodKey } from "./apiDouble.js";

/** The API double by itself, for trying things out by hand: `node dist/test/support/apiDouble.main.js`. */
const double = await new ApiDouble().start();
double.batches.endsByItself = true;
console.log(`--base-url ${double.url}   ANTHROPIC_API_KEY=${goodKey}`);
