import { loadPyodide, type PyodideAPI } from "pyodide";

let python: Promise<PyodideAPI> | undefined;

/**
 * Runs a program in Python itself, compiled to WebAssembly.
 *
 * @param program what its last expression gives is returned: a text
 * @param input a text, which the program finds as `data`
 */
export async function runPython(program: string, data: string): Promise<string> {
  python ??= loadPyodide();
  const { runPython, toPy } = await python;
  return String(runPython(program, { globals: toPy({ data }) }));
}
