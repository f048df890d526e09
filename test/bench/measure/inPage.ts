import type { Box } from "../../../src/report.js";

/*
 * What runs inside of a page. Each function is sent there as it is: it uses nothing from outside of itself.
 * Boxes are in CSS pixels, from the page's top left corner.
 */

/** The words of one text node on one line. */
export interface PageRun {
  words: Array<{ text: string; box: Box }>;
  /** Of the letters, 0 to 1; opacity of what holds them is not in it. */
  alpha: number;
  fontSize: number;
  bold: boolean;
  exempt: "disabled" | "inert" | "logo" | undefined;
  shadowed: boolean;
}

export interface PageControl {
  kind: string;
  box: Box;
  /** What can be pressed: with the label, where there is one. */
  target: Box;
  /** Whether finding it is asked for; links, tabs and a window's own buttons may be found, or not. */
  required: boolean;
  disabled: boolean;
}

/** Gives every `data-ratio` text a colour of that contrast on its ground. */
export function tint(): void {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgbaOf = (colour: string): number[] => {
    if (!canvas) return [];
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = (colour: number[]) => {
    const [r = 0, g = 0, b = 0] = colour.map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const canvasColour = getComputedStyle(document.documentElement).colorScheme.includes("dark") && dark;
  for (const element of document.querySelectorAll<HTMLElement>("[data-ratio]")) {
    let ground = canvasColour ? [18, 18, 18] : [255, 255, 255];
    for (let at: Element | null = element; at; at = at.parentElement) {
      const colour = rgbaOf(getComputedStyle(at).backgroundColor);
      if (colour[3] === 255) {
        ground = colour;
        break;
      }
    }
    const wanted = Number(element.dataset.ratio);
    const hue = Number(element.dataset.hue ?? -1);
    let [closest, error] = ["", Number.POSITIVE_INFINITY];
    for (let lightness = 0; lightness <= 100; lightness += 0.5) {
      const css = hue < 0 ? `hsl(0 0% ${lightness}%)` : `hsl(${hue} 70% ${lightness}%)`;
      const [one, other] = [light(rgbaOf(css).slice(0, 3)), light(ground.slice(0, 3))];
      const off = Math.abs((Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05) - wanted);
      if (off < error) [closest, error] = [css, off];
    }
    element.style.setProperty("color", closest, "important");
  }
}

/** Every visible line of text, word by word. */
export function readRuns(): PageRun[] {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const alphaOf = (colour: string): number => {
    if (!canvas) return 1;
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return (canvas.getImageData(0, 0, 1, 1).data[3] ?? 255) / 255;
  };
  const exemptionOf = (element: Element): PageRun["exempt"] => {
    const label = element.closest("label");
    const labelled = label?.control ?? label?.querySelector("input, select, textarea");
    if (element.closest(":disabled, [aria-disabled=true], .disabled") || labelled?.matches(":disabled"))
      return "disabled";
    if (element.closest("[inert], [data-inert]")) return "inert";
    return element.closest("[data-logo]") ? "logo" : undefined;
  };
  const runOf = (element: Element, style: CSSStyleDeclaration): PageRun => ({
    words: [],
    alpha: alphaOf(element instanceof SVGElement ? style.fill : style.color),
    fontSize: Number.parseFloat(style.fontSize),
    bold: Number(style.fontWeight) >= 700,
    exempt: exemptionOf(element),
    shadowed: style.textShadow !== "none",
  });
  const placeOf = ({ x, y, width, height }: DOMRect): Box => ({
    x: x + scrollX,
    y: y + scrollY,
    width,
    height,
  });
  const runs: PageRun[] = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const element = node.parentElement;
    if (!element || element.closest("script, style, option, textarea")) continue;
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    let [line, run] = [Number.NaN, undefined as PageRun | undefined];
    for (const match of (node.nodeValue ?? "").matchAll(/\S+/g)) {
      const range = document.createRange();
      range.setStart(node, match.index);
      range.setEnd(node, match.index + match[0].length);
      // A word that is broken over lines has a box on each.
      for (const box of range.getClientRects()) {
        if (box.width < 1 || box.height < 2) continue;
        if (!run || Math.abs(box.y - line) > 2) {
          run = runOf(element, getComputedStyle(element));
          runs.push(run);
        }
        line = box.y;
        run.words.push({ text: match[0], box: placeOf(box) });
      }
    }
  }
  // A field's own text is no text node: its words are laid out as its font would.
  const fields = "input:not([type=checkbox], [type=radio], [type=range], [type=hidden]), textarea, select";
  for (const field of document.querySelectorAll<HTMLInputElement>(fields)) {
    if (!field.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const text =
      field instanceof HTMLSelectElement
        ? (field.selectedOptions[0]?.text ?? "")
        : field.type === "password"
          ? ""
          : field.value || field.placeholder;
    if (text === "" || !canvas) continue;
    const outer = getComputedStyle(field);
    const bounds = field.getBoundingClientRect();
    canvas.font = `${outer.fontWeight} ${outer.fontSize} ${outer.fontFamily}`;
    const size = Number.parseFloat(outer.fontSize);
    const run = runOf(field, getComputedStyle(field, field.value ? null : "::placeholder"));
    run.fontSize = size;
    const inner = Number.parseFloat(outer.paddingLeft) + Number.parseFloat(outer.borderLeftWidth);
    const isButton = ["submit", "button", "reset"].includes(field.type);
    const shift = isButton ? (bounds.width - canvas.measureText(text).width) / 2 : inner;
    const isTall = field instanceof HTMLTextAreaElement;
    const middle = isTall
      ? bounds.y + Number.parseFloat(outer.paddingTop) + size * 0.7
      : bounds.y + bounds.height / 2;
    for (const match of (text.split("\n")[0] ?? "").matchAll(/\S+/g)) {
      const x = bounds.x + shift + canvas.measureText(text.slice(0, match.index)).width;
      const width = canvas.measureText(match[0]).width;
      if (x + width > bounds.right) break;
      run.words.push({
        text: match[0],
        box: placeOf(new DOMRect(x, middle - size * 0.65, width, size * 1.3)),
      });
    }
    runs.push(run);
  }
  return runs.filter(({ words }) => words.length > 0);
}

/** What can be pressed or filled in, with the place where it is drawn. */
export function readControls(): PageControl[] {
  const placeOf = ({ x, y, width, height }: DOMRect): Box => ({
    x: x + scrollX,
    y: y + scrollY,
    width,
    height,
  });
  const isShown = (element: Element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
    element.getBoundingClientRect().width > 3 &&
    element.getBoundingClientRect().x > -50 &&
    getComputedStyle(element).clipPath === "none" &&
    !getComputedStyle(element).clip.startsWith("rect");
  /** Where a ::before or ::after that stands in for a checkbox is drawn. */
  const pseudoBox = (element: Element): DOMRect | undefined => {
    for (const pseudo of ["::before", "::after"]) {
      const style = getComputedStyle(element, pseudo);
      const [width, height] = [Number.parseFloat(style.width), Number.parseFloat(style.height)];
      if (style.content === "none" || style.position !== "absolute" || !(width >= 8 && height >= 8)) continue;
      if (style.transform !== "none" || style.borderTopColor === "rgba(0, 0, 0, 0)") continue;
      const holder = getComputedStyle(element).position === "static" ? element.parentElement : element;
      const outer = holder?.getBoundingClientRect();
      if (!holder || !outer) continue;
      const border = style.boxSizing === "border-box" ? 0 : 2 * Number.parseFloat(style.borderTopWidth);
      const x =
        outer.x + holder.clientLeft + Number.parseFloat(style.left) + Number.parseFloat(style.marginLeft);
      const y =
        outer.y + holder.clientTop + Number.parseFloat(style.top) + Number.parseFloat(style.marginTop);
      return new DOMRect(x, y, width + border, height + border);
    }
    return undefined;
  };
  const drawnBox = (element: Element): DOMRect | undefined => {
    if (isShown(element)) return element.getBoundingClientRect();
    if (!(element instanceof HTMLInputElement)) return undefined;
    const label = element.labels?.[0];
    const icon = element.parentElement?.querySelector(".form-icon");
    if (icon) return icon.getBoundingClientRect();
    for (const at of [element.nextElementSibling, label]) {
      const box = at && pseudoBox(at);
      if (box) return box;
    }
    return undefined;
  };
  const kindOf = (element: Element): string => {
    const role = element.getAttribute("role");
    if (role) return role;
    if (element instanceof HTMLInputElement) {
      if (["checkbox", "radio", "range", "file"].includes(element.type)) return element.type;
      return ["submit", "button", "reset", "image", "color"].includes(element.type) ? "button" : "field";
    }
    return element.localName === "textarea" ? "field" : element.localName;
  };
  const controls: PageControl[] = [];
  const all =
    "button, input:not([type=hidden]), select, textarea, summary, a, label, [role=button], [role=switch], [role=tab], [role=checkbox], [role=radio], [role=slider], [tabindex='0']";
  for (const element of document.querySelectorAll<HTMLElement>(all)) {
    const box = drawnBox(element);
    if (!box || box.width < 4 || box.height < 4) continue;
    const kind = kindOf(element);
    const labels =
      element instanceof HTMLInputElement && ["checkbox", "radio"].includes(kind) ? element.labels : null;
    const parts = [box, ...[...(labels ?? [])].map((label) => label.getBoundingClientRect())];
    const [left, top] = [Math.min(...parts.map(({ x }) => x)), Math.min(...parts.map(({ y }) => y))];
    const [right, bottom] = [
      Math.max(...parts.map((one) => one.right)),
      Math.max(...parts.map((one) => one.bottom)),
    ];
    const looksLikeButton = element.matches("a[class*=btn], a[class*=button]");
    const isChrome = element.closest(".title-bar-controls") !== null;
    controls.push({
      kind: looksLikeButton ? "button" : kind,
      box: placeOf(box),
      target: placeOf(new DOMRect(left, top, right - left, bottom - top)),
      required:
        !isChrome &&
        (looksLikeButton || ["button", "field", "select", "checkbox", "radio", "switch"].includes(kind)),
      disabled: element.closest(":disabled, [aria-disabled=true], .disabled") !== null,
    });
  }
  return controls;
}

/** Letters vanish; what they stand on stays. */
export function hideLetters(): void {
  const style = document.createElement("style");
  style.textContent =
    "*, ::placeholder, ::before, ::after { -webkit-text-fill-color: transparent !important; text-decoration-color: transparent !important; text-shadow: none !important; -webkit-text-stroke: 0 transparent !important; }";
  document.head.append(style);
  for (const text of document.querySelectorAll<SVGElement>("svg text, svg tspan")) {
    text.dataset.fill = getComputedStyle(text).fill;
    text.style.setProperty("fill", "transparent", "important");
  }
}

/** Letters come back opaque and so fat that their strokes are covered with their own colour. */
export function fattenLetters(): void {
  const style = document.createElement("style");
  style.textContent =
    "*, ::placeholder, ::before, ::after { -webkit-text-fill-color: rgb(from currentColor r g b / 1) !important; -webkit-text-stroke: 0.18em rgb(from currentColor r g b / 1) !important; }";
  document.head.append(style);
  for (const text of document.querySelectorAll<SVGElement>("svg text, svg tspan")) {
    const fill = `rgb(from ${text.dataset.fill} r g b / 1)`;
    text.style.setProperty("fill", fill, "important");
    text.style.setProperty("stroke", fill, "important");
    text.style.setProperty("stroke-width", "0.18em", "important");
  }
}
