import current from "mermaid";
import v10 from "mermaid-10.9";
import v11x4 from "mermaid-11.4";
import v11x12 from "mermaid-11.12";

/** In a browser: the versions of Mermaid that hosts run, each as a document's host draws with it. */
const versions = { "10.9": v10, "11.4": v11x4, "11.12": v11x12, "12": current };
export type MermaidVersion = keyof typeof versions;

let drawings = 0;

/**
 * What a drawing shows, as a reader sees it.
 *
 * @returns its words, each text apart, and how many of its elements load, link or run; or the parser's objection
 */
async function shownBy(
  version: MermaidVersion,
  text: string,
): Promise<{ words: string[]; live: number } | { error: string }> {
  const mermaid = versions[version];
  mermaid.initialize({ startOnLoad: false, securityLevel: "strict", suppressErrorRendering: true });
  const id = `v${drawings++}`;
  try {
    const { svg } = await mermaid.render(id, text);
    const holder = document.createElement("div");
    holder.innerHTML = svg;
    for (const style of holder.querySelectorAll("style")) style.remove();
    const live = holder.querySelectorAll("a, image, img, script, iframe, [onclick]").length;
    for (const lineBreak of holder.querySelectorAll("br")) lineBreak.replaceWith("\n");
    const texts = holder.querySelectorAll("text, foreignObject");
    return { words: [...texts].map(({ textContent }) => textContent ?? ""), live };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  } finally {
    document.querySelector(`#d${id}`)?.remove();
  }
}

/** The objection of a version's parser; empty when it has none. */
async function objectionBy(version: MermaidVersion, text: string): Promise<string> {
  try {
    await versions[version].parse(text);
    return "";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

Object.assign(window, { shownBy, objectionBy });
