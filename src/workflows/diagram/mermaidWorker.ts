import { parentPort } from "node:worker_threads";
import { Window } from "happy-dom";

/** The worker in which Mermaid parses: its DOM is global here, and nowhere else. */
const window = new Window();
Object.assign(globalThis, { window, document: window.document });

const mermaid = import("mermaid").then(({ default: loaded }) => {
  loaded.initialize({ startOnLoad: false, securityLevel: "strict", htmlLabels: false });
  return loaded;
});

parentPort?.on("message", async (text: string) => {
  try {
    await (await mermaid).parse(text);
    parentPort?.postMessage({ valid: true });
  } catch (error) {
    parentPort?.postMessage({
      valid: false,
      message: error instanceof Error ? error.message : String(error),
    });
  }
});
