import { renderToString } from "@plantuml/core";

/** In a browser: draws a text with PlantUML itself. What it cannot read becomes a drawing that says so. SVG. */
function plantUmlDrawing(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    renderToString(text.split("\n"), resolve, (message) => reject(new Error(message)));
  });
}

Object.assign(window, { plantUmlDrawing });
