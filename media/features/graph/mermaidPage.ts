import mermaid from "mermaid";
import { withoutEntities } from "./entities.js";
import { pngScale } from "./pngScale.js";

/** Elements that load or link something, and have no business in a drawing. */
const forbidden = "a, image, foreignObject, script, iframe, use[href^='http'], [onclick], [onload]";

const dark = () => /vscode-(dark|high-contrast)(?!-light)/.test(document.body.className);

let drawings = 0;

/** Draws Mermaid that our own emitter wrote, as text on shapes: no HTML, no links, no scripts. */
window.drawMermaid = (text, names) => draw(text, dark() ? "dark" : "default", names);

/** Configuring Mermaid takes longer than drawing. */
let configured: "dark" | "default" | undefined;

function configure(theme: "dark" | "default"): void {
  if (configured === theme) return;
  configured = theme;
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: "strict",
    htmlLabels: false,
    flowchart: { htmlLabels: false },
    // Half the time of the other engine, which matters while one types.
    layout: "dagre",
    theme,
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
}

/** Where Mermaid lays out and measures: out of sight, and apart from the page's own layout. */
function offscreen(): HTMLElement {
  const existing = document.querySelector<HTMLElement>("#offscreen");
  if (existing) return existing;
  const made = document.createElement("div");
  made.id = "offscreen";
  made.setAttribute("aria-hidden", "true");
  Object.assign(made.style, {
    position: "fixed",
    top: "0",
    left: "0",
    width: "2000px",
    height: "2000px",
    contain: "strict",
    visibility: "hidden",
    pointerEvents: "none",
  });
  document.body.append(made);
  return made;
}

async function draw(
  text: string,
  theme: "dark" | "default",
  names: ReadonlyMap<string, string> = new Map(),
): Promise<SVGElement> {
  configure(theme);
  const plain = withoutEntities(text);
  const { svg } = await mermaid.render(`drawing-${++drawings}`, plain.text, offscreen());
  const drawing = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  if (!(drawing instanceof SVGElement)) throw new Error("Mermaid drew no SVG.");
  for (const element of drawing.querySelectorAll(forbidden)) element.remove();
  plain.reveal(drawing);
  // C4 has colours of its own, for a light ground.
  if (/^\s*C4/m.test(text)) drawing.style.background = "#fff";
  drawing.setAttribute("role", "img");
  drawing.setAttribute("aria-label", "The diagram as drawn by Mermaid; its text is below.");
  nameElements(drawing, text, names);
  return document.importNode(drawing, true);
}

/**
 * Marks nodes (n1, n2, …) and lines (e1, e2, …).
 *
 * @param names of nodes, by what the text calls them
 */
function nameElements(drawing: SVGElement, text: string, names: ReadonlyMap<string, string>): void {
  // A mind map calls its nodes by their order alone.
  const branches = /^\s*mindmap\b/.test(text) ? [...text.matchAll(/^ +(\w+)\[/gm)] : undefined;
  for (const shape of drawing.querySelectorAll("g[id], rect[name], g[data-id]")) {
    const id = shape.getAttribute("name") ?? shape.getAttribute("data-id") ?? shape.id;
    const order = /-node_(\d+)$/.exec(id)?.[1];
    const written = branches ? branches[Number(order)]?.[1] : /(?:^|-)(\w+?)(?:-\d+)?$/.exec(id)?.[1];
    const name = names.get(written ?? "");
    if (name !== undefined) shape.setAttribute("data-element", name);
  }
  if (branches) return;
  for (const [index, line] of [...drawing.querySelectorAll(".edgePaths > path, .edgePaths > g")].entries())
    line.setAttribute("data-element", `e${index + 1}`);
}

window.exportDrawing = async (text, format) => {
  const drawing = await draw(text, "default");
  if (!(drawing instanceof SVGSVGElement)) throw new Error("Mermaid drew no SVG.");
  const { width, height } = drawing.viewBox.baseVal;
  drawing.setAttribute("width", String(width));
  drawing.setAttribute("height", String(height));
  drawing.style.background = "#fff";
  const svg = base64(new TextEncoder().encode(new XMLSerializer().serializeToString(drawing)));
  if (format === "svg") return svg;
  const image = new Image();
  image.src = `data:image/svg+xml;base64,${svg}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  const scale = pngScale({ width, height });
  canvas.width = Math.floor(width * scale);
  canvas.height = Math.floor(height * scale);
  const context = canvas.getContext("2d");
  if (!context) throw new Error("This window cannot draw.");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  const [head, png = ""] = canvas.toDataURL("image/png").split(",");
  // What a canvas says of an image that it could not hold.
  if (head !== "data:image/png;base64" || png === "") throw new Error("It is too large for a PNG.");
  return png;
};

function base64(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}
