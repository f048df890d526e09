import { resolve } from "node:path";
import fc from "fast-check";

/*
 * Loaded before the tests: a property fails in every run or in none, since the same cases are drawn each time, and
 * pictures are drawn with the same fonts on a machine that has none.
 */
fc.configureGlobal({ seed: 20_261_122 });
process.env.FONTCONFIG_FILE ??= resolve("test/support/fonts.conf");
