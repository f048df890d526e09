import fc from "fast-check";

/** What came of throwing cases at a target. */
export interface Outcome {
  cases: number;
  /** The smallest case that fails in the same way, and how it does. */
  failure?: { shrunk: string; error: string };
}

/** Something that takes input from outside. */
export interface Target {
  name: string;
  /**
   * Throws cases at it until the time is over, or one fails.
   *
   * @param begin told of each case before it is thrown: what hangs is the last one
   */
  run(seed: number, milliseconds: number, begin: (shown: string) => void): Promise<Outcome>;
  /** Ends what was started for it. */
  end?(): void;
}

/** No case of honest code takes longer. Milliseconds of CPU time. */
const mostWork = 15_000;

/**
 * @param cases what is thrown
 * @param check what must hold; throws where it does not
 */
export const target = <Case>(
  name: string,
  cases: fc.Arbitrary<Case>,
  check: (one: Case) => unknown,
  end?: () => void,
): Target => ({
  name,
  async run(seed, milliseconds, begin) {
    const property = fc.asyncProperty(cases, async (one) => {
      begin(fc.stringify(one));
      const start = process.cpuUsage();
      await check(one);
      const { user, system } = process.cpuUsage(start);
      if (user + system > mostWork * 1000)
        throw new Error(`takes more than ${mostWork / 1000} s of computing`);
    });
    const details = await fc.check(property, {
      seed,
      numRuns: 1_000_000_000,
      interruptAfterTimeLimit: milliseconds,
    });
    const { numRuns: all, counterexample, errorInstance } = details;
    if (!counterexample) return { cases: all };
    const error = errorInstance instanceof Error ? (errorInstance.stack ?? errorInstance.message) : "";
    return { cases: all, failure: { shrunk: fc.stringify(counterexample[0]), error } };
  },
  ...(end ? { end } : {}),
});
