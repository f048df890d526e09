import { storesIn } from "./stores.js";
import { work } from "./work.js";

/** A process that does a part of the work, to be killed in it: `run` or `batch`, address of the API, pictures' numbers. */
const [mode, url = "", ...numbers] = process.argv.slice(2);
const stores = storesIn(process.env.SCREENSHOT_WORKBENCH_STORAGE ?? "");
await work[mode === "batch" ? "batch" : "run"](stores, url, numbers.map(Number));
process.exit();
