import type { Column, Relation, Table } from "./entities.js";
import { isNamed } from "./identifiers.js";
import { singular } from "./plurals.js";

/** A relation whose columns are not known yet. */
export interface Draft {
  many: Table;
  one: Table;
  label: string;
  /** Whether every row of `many` points somewhere. */
  required: boolean;
  unique: boolean;
}

/** "categories" and "boxes" without their plural. */
/** Whether a column is called like the key of a table: `artist_id`, or `id` behind the table's name. */
export const isKeyOf = (column: Column, one: Table): boolean =>
  one.key.some((target) => isCalledAfter(column, one, target));

const isCalledAfter = (column: Column, one: Table, target: Column): boolean =>
  [one.name, singular(one.name)].some((name) => isNamed(`${name} ${target.name}`, column.name)) ||
  (isNamed(target.name, column.name) && !isNamed(target.name, "id"));

const ending = (column: Column): string => column.name.replaceAll("_", "").toLowerCase();

/**
 * How a drawn column is known to be the key of a relation, the surest sign first. The next is asked for all
 * relations only when the one before has had its say.
 */
const signs: ReadonlyArray<(column: Column, draft: Draft, target: Column, left: Column[]) => boolean> = [
  (column, { one }, target) => isCalledAfter(column, one, target),
  (column, { label }, target) =>
    label.trim() !== "" && (isNamed(label, column.name) || isNamed(`${label} ${target.name}`, column.name)),
  (column, { one }, target) =>
    column.isForeign &&
    [target.name, singular(one.name)].some(
      (name) => !isNamed(name, "id") && ending(column).endsWith(name.replaceAll("_", "").toLowerCase()),
    ),
  // The only foreign key left must be it.
  (column, _, __, left) => column.isForeign && left.filter(({ isForeign }) => isForeign).length === 1,
];

/** Finds the columns of each relation among those that are drawn, and adds those that are not. */
export function related(drafts: Draft[]): Relation[] {
  const taken = new Set<Column>();
  const found = new Map<Draft, Map<Column, Column>>(drafts.map((draft) => [draft, new Map()]));
  for (const sign of signs)
    for (const draft of drafts)
      for (const target of draft.one.key) {
        const columns = found.get(draft);
        if (!columns || columns.has(target)) continue;
        const left = draft.many.columns.filter(
          (column) =>
            column.isDrawn &&
            !taken.has(column) &&
            !(draft.many === draft.one && draft.one.key.includes(column)),
        );
        const drawn = left.find((column) => sign(column, draft, target, left));
        if (!drawn) continue;
        taken.add(drawn);
        columns.set(target, drawn);
      }
  return drafts.map((draft) => ({
    many: draft.many,
    one: draft.one,
    unique: draft.unique,
    label: draft.label,
    columns: draft.one.key.map((target) => {
      const drawn = found.get(draft)?.get(target);
      if (!drawn) return added(draft, target);
      drawn.type = target.type;
      if (drawn.presence === "unsaid")
        drawn.presence = draft.required || isKey(draft, drawn) ? "required" : "optional";
      return drawn;
    }),
  }));
}

const isKey = ({ many }: Draft, column: Column): boolean => many.key.includes(column);

const isSaid = (role: string, target: Column): boolean =>
  role.trim() !== "" && ending(target).startsWith(role.replace(/[\s_]/g, "").toLowerCase());

function added({ many, one, label, required }: Draft, target: Column): Column {
  const role = label.trim() === "" || many !== one ? singular(one.name) : label;
  const column: Column = {
    drawn: "",
    name: many.names.give(
      // Where a key is called after its table, that says it.
      isSaid(role, target) ? target.name : `${role} ${target.name}`,
      `${one.name}_${target.name}`,
    ),
    type: target.type,
    presence: required ? "required" : "optional",
    unique: false,
    generated: false,
    isForeign: true,
    comment: "",
    isDrawn: false,
  };
  many.columns.push(column);
  return column;
}
