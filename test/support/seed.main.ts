import fc from "fast-check";

/** Loaded before the tests: a property fails in every run or in none, since the same cases are drawn each time. */
fc.configureGlobal({ seed: 20_261_122 });
