/** The workflows. A new one is one line here. */
export { workflow as audit } from "./audit/audit.js";
export { workflow as compare } from "./compare/compare.js";
export { workflow as diagram } from "./diagram/diagram.js";
export { workflow as extract } from "./extract/extract.js";
export { workflow as read } from "./read/read.js";
export { workflow as triage } from "./triage/triage.js";
