import type { PanelPicture } from "../../../src/protocol/panel.js";
import type { Box, Finding, Impact } from "../../../src/report.js";
import { numberOf } from "../../features/findings/shown.js";
import { wholePicture } from "./pixels.js";

const colours: Record<Impact, string> = {
  critical: "#b3261a",
  serious: "#b3261a",
  moderate: "#a35200",
  minor: "#1f5fbf",
};

/** The picture with a box around each finding's place and its number beside it, to be saved. */
export async function markedPicture(
  picture: PanelPicture,
  findings: readonly Finding[],
): Promise<HTMLCanvasElement> {
  const { canvas, scale } = await wholePicture(picture);
  const context = canvas.getContext("2d");
  if (!context) return canvas;
  const unit = Math.max(1, canvas.width / 1400);
  context.font = `600 ${12 * unit}px sans-serif`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const finding of findings) {
    if (!finding.box) continue;
    const box = grown(scaled(finding.box, scale), 4 * unit);
    context.lineWidth = 4 * unit;
    context.strokeStyle = "#fff";
    context.strokeRect(box.x, box.y, box.width, box.height);
    context.lineWidth = 2 * unit;
    context.strokeStyle = colours[finding.impact];
    context.strokeRect(box.x, box.y, box.width, box.height);
    const radius = 9 * unit;
    const x = box.x > 2 * radius ? box.x - radius - 2 * unit : box.x + box.width + radius + 2 * unit;
    const y = box.y + box.height / 2;
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fillStyle = colours[finding.impact];
    context.fill();
    context.fillStyle = "#fff";
    context.fillText(String(numberOf(finding)), x, y + unit / 2);
  }
  return canvas;
}

const scaled = ({ x, y, width, height }: Box, scale: number): Box => ({
  x: x * scale,
  y: y * scale,
  width: width * scale,
  height: height * scale,
});

const grown = ({ x, y, width, height }: Box, by: number): Box => ({
  x: x - by,
  y: y - by,
  width: width + 2 * by,
  height: height + 2 * by,
});
