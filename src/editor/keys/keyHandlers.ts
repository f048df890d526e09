import type { EditorCommand } from "../manifest/commands.js";
import { showStatus } from "../notify.js";
import type { Handler } from "../registerCommands.js";
import type { LazyServices } from "../services.js";

/** The commands about the key and the model that it is used for. */
export function keyHandlers(services: LazyServices) {
  return {
    setApiKey: async () => {
      const { keys, watch } = await services();
      await keys.ask();
      showStatus("The API key works and is kept in your system's keychain.");
      await watch.start();
    },
    removeApiKey: async () => {
      await (await services()).keys.remove();
      showStatus("The API key was removed.");
    },
    chooseModel: async () => {
      const { chooseModel } = await import("../models/chooseModel.js");
      await chooseModel((await services()).keys);
    },
  } satisfies Partial<Record<EditorCommand, Handler>>;
}
