/** The type of the panels that show results, as VS Code knows it. */
export const panelType = "screenshotWorkbench.result";
