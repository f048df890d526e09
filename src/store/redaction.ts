/** What becomes of secrets in a picture: the person is asked, they are covered, or they are not looked for. */
export const redactions = ["ask", "always", "off"] as const;
export type Redaction = (typeof redactions)[number];
