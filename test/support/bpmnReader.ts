import Viewer from "bpmn-js/lib/Viewer";

/** In a browser: draws BPMN with the library that modelers are made of, and says what stands there. */
export interface DrawnElement {
  id: string;
  type: string;
  label: string;
  source: string;
  target: string;
  parent: string;
  place: { x: number; y: number; width: number; height: number };
}

interface CanvasElement {
  id: string;
  type: string;
  businessObject?: { name?: string; text?: string; categoryValueRef?: { value?: string } };
  source?: { id: string };
  target?: { id: string };
  parent?: { id: string };
  labelTarget?: unknown;
  x?: number;
  y?: number;
  width?: number;
  height?: number;
}

interface Registry {
  getAll(): CanvasElement[];
}
interface Canvas {
  zoom(level: string): void;
}

async function drawBpmn(
  xml: string,
): Promise<{ elements: DrawnElement[]; warnings: string[]; live: number; words: string }> {
  const container = document.createElement("div");
  container.id = "drawing";
  Object.assign(container.style, { width: "1600px", height: "1000px" });
  document.body.replaceChildren(container);
  const viewer = new Viewer({ container });
  const { warnings } = await viewer.importXML(xml);
  viewer.get<Canvas>("canvas").zoom("fit-viewport");
  const all = viewer.get<Registry>("elementRegistry").getAll();
  const elements = all
    .filter(({ labelTarget, parent }) => !labelTarget && parent)
    .map(({ id, type, businessObject, source, target, parent, x = 0, y = 0, width = 0, height = 0 }) => ({
      id,
      type,
      label: businessObject?.name ?? businessObject?.text ?? businessObject?.categoryValueRef?.value ?? "",
      source: source?.id ?? "",
      target: target?.id ?? "",
      parent: parent?.id ?? "",
      place: { x, y, width, height },
    }));
  const drawing = container.querySelector(".djs-container");
  const live = drawing?.querySelectorAll("a, image, script, iframe, [onclick], [*|href^='http']").length ?? 0;
  const words = [...(drawing?.querySelectorAll("text") ?? [])]
    .map(({ textContent }) => textContent)
    .join(" ");
  return { elements, warnings: warnings.map(String), live, words };
}

Object.assign(window, { drawBpmn });
