import { GridView } from "../../../src/protocol/grid.js";
import { unsureCells } from "../../../src/report.js";
import type { Actions } from "../../panel/main.js";
import { reportOf } from "../../panel/state.js";
import type { FeatureView } from "../feature.js";
import { gridView } from "./gridView.js";

/** Data that can be corrected: the cell that has the focus, and those to look at, have their places on the picture. */
export const gridFeature =
  (actions: Actions) =>
  (raw: unknown): FeatureView => {
    const view = GridView.parse(raw);
    return {
      body: ({ report }, state) => gridView(view, report, state, actions),
      places: () => {
        const { view: shown, hovered } = actions.state();
        const grid = reportOf(shown)?.grid;
        if (!grid) return [];
        const unsure = new Set(unsureCells(grid).map(({ path }) => path));
        const cells = [...grid.fields, ...grid.tables.flatMap(({ rows }) => rows.flat())];
        return cells.flatMap(({ path, box }) =>
          box && (path === hovered || unsure.has(path))
            ? [{ name: path, box, isDoubtful: unsure.has(path) }]
            : [],
        );
      },
    };
  };
