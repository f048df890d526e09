import { exportToSvg } from "@excalidraw/utils";

/** In a browser: restores a file of Excalidraw and draws it with Excalidraw's own code. */
async function drawExcalidraw(file: string): Promise<{ words: string[]; live: number; shapes: number }> {
  const { elements, appState, files } = JSON.parse(file);
  const svg = await exportToSvg({
    data: { elements, appState, files },
    config: {
      skipInliningFonts: true,
      padding: 20,
      canvasBackgroundColor: "#ffffff",
      exportingFrame: null,
      theme: "light",
    },
  });
  const holder = document.createElement("div");
  holder.id = "drawing";
  holder.append(svg);
  document.body.replaceChildren(holder);
  return {
    words: [...svg.querySelectorAll("text")].map(({ textContent }) => textContent ?? ""),
    live: svg.querySelectorAll("a, image, script, iframe, foreignObject, [onclick]").length,
    shapes: svg.querySelectorAll("path").length,
  };
}

Object.assign(window, { drawExcalidraw });
