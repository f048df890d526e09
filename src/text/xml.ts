/** Characters that XML 1.0 knows not at all, not even escaped. */
const unknown = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

/** A text for an element or an attribute of XML 1.0, on one line or several. */
export const escapeXml = (text: string): string =>
  text
    .replace(unknown, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
