import type { Features } from "../features.js";
import type { EditorCommand } from "../manifest/commands.js";
import type { Handler } from "../registerCommands.js";
import { requireTrust } from "../trust.js";

/** The commands on past runs and tables. */
export function historyHandlers(features: () => Promise<Features>) {
  const history = async () => (await features()).history;
  return {
    openRun: async (run: unknown) => {
      requireTrust();
      await (await history()).open(run);
    },
    openRunPicture: async (run: unknown) => (await history()).openPicture(run),
    deleteRun: async (run: unknown) => (await history()).delete(run),
    searchHistory: async () => (await history()).search(),
    filterHistory: async () => (await history()).filter(),
    deleteStoredData: async () => (await history()).deleteAll(),
    openTable: async () => {
      requireTrust();
      await (await features()).tables.pick();
    },
  } satisfies Partial<Record<EditorCommand, Handler>>;
}
