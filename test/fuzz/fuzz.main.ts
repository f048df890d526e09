import { fork } from "node:child_process";
import { parseArgs } from "node:util";
import type { Outcome } from "./target.js";
import { targets } from "./targets.js";

/**
 * Throws hostile input at everything that takes any: `npm run fuzz -- [--seed N] [--minutes N] [--target WORDS]`. Each
 * target has a process of its own and its share of the time. The same seed draws the same cases.
 */
const { values } = parseArgs({
  options: {
    seed: { type: "string", default: String(Date.now() % 2 ** 31) },
    minutes: { type: "string", default: "3" },
    target: { type: "string", default: "" },
    /** How a process of one target is called. */
    alone: { type: "boolean", default: false },
  },
});
const seed = Number(values.seed);
const chosen = targets.filter(({ name }) => name.includes(values.target));
const share = (Number(values.minutes) * 60_000) / chosen.length;

/** What a process of one target tells: each case before it is thrown, and what came of all. */
type Told = { begins: string } | Outcome;

/** How long a last case may go on, before it is said to hang. Milliseconds. */
const grace = 150_000;

async function alone(name: string): Promise<void> {
  const target = targets.find((one) => one.name === name);
  if (!target) throw new Error(`There is no target ${name}`);
  const tell = (told: Told) => new Promise((sent) => process.send?.(told, sent));
  const outcome = await target.run(seed, share, (begins) => void tell({ begins }));
  target.end?.();
  await tell(outcome);
  process.exit();
}

function inProcess(name: string): Promise<Outcome> {
  return new Promise((done) => {
    const { argv } = process;
    const rest = ["--alone", "--target", name, "--seed", String(seed), "--minutes", String(share / 60_000)];
    const child = fork(argv[1] ?? "", rest);
    let [cases, last] = [0, ""];
    let outcome: Outcome | undefined;
    let error = "ended the process";
    const hanging = setTimeout(() => {
      error = "hangs";
      child.kill("SIGKILL");
    }, share + grace);
    child.on("message", (told: Told) => {
      if ("begins" in told) [cases, last] = [cases + 1, told.begins];
      else outcome = told;
    });
    child.on("exit", () => {
      clearTimeout(hanging);
      done(outcome ?? { cases, failure: { shrunk: last, error } });
    });
  });
}

if (values.alone) await alone(values.target);
else {
  console.log(`--seed ${seed}`);
  let failed = 0;
  for (const { name } of chosen) {
    const start = performance.now();
    const { cases, failure } = await inProcess(name);
    const seconds = Math.round((performance.now() - start) / 1000);
    console.log(
      `${name.padEnd(26)} ${String(cases).padStart(8)} cases ${String(seconds).padStart(5)} s  ${failure ? "FAILS" : "fine"}`,
    );
    if (!failure) continue;
    failed++;
    console.log(
      `  ${failure.shrunk.slice(0, 2000)}\n  ${failure.error.slice(0, 2000).replaceAll("\n", "\n  ")}`,
    );
  }
  process.exitCode = failed > 0 ? 1 : 0;
}
