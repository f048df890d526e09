import mermaid from "mermaid";
import { withoutEntities } from "./entities.js";

/** Elements that load or link something, and have no business in a drawing. */
const forbidden = "a, image, foreignObject, script, iframe, use[href^='http'], [onclick], [onload]";

const dark = () => /vscode-(dark|high-contrast)(?!-light)/.test(document.body.className);

let drawings = 0;

/** Draws Mermaid that our own emitter wrote, as text on shapes: no HTML, no links, no scripts. */
window.drawMermaid = async (text) => {
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: "strict",
    htmlLabels: false,
    flowchart: { htmlLabels: false },
    theme: dark() ? "dark" : "default",
    secure: [
      "secure",
      "securityLevel",
      "startOnLoad",
      "maxTextSize",
      "htmlLabels",
      "flowchart",
      "themeCSS",
      "themeVariables",
      "fontFamily",
      "dompurifyConfig",
    ],
  });
  const plain = withoutEntities(text);
  const { svg } = await mermaid.render(`drawing-${++drawings}`, plain.text);
  const drawing = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  if (!(drawing instanceof SVGElement)) throw new Error("Mermaid drew no SVG.");
  for (const element of drawing.querySelectorAll(forbidden)) element.remove();
  plain.reveal(drawing);
  drawing.setAttribute("role", "img");
  drawing.setAttribute("aria-label", "The diagram as drawn by Mermaid; its text is below.");
  return document.importNode(drawing, true);
};
