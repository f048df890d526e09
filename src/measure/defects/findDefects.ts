import type { DisplayDefect } from "../measurement.js";
import { findClipped } from "./clipped.js";
import { findOverlapping } from "./overlapping.js";
import { findUneven } from "./rows.js";
import type { DefectFinder, Scene } from "./scene.js";

/** Each finds one kind of display defect, or two. A new kind is one entry here. */
const finders: readonly DefectFinder[] = [findClipped, findOverlapping, findUneven];

/** What is drawn other than it was meant to be, as far as pixels tell. In doubt nothing is said. */
export const findDefects = (scene: Scene): DisplayDefect[] => finders.flatMap((find) => find(scene));
