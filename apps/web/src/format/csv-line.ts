/** One line of a file of comma-separated values (RFC 4180), with its line end. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/** Quoted where it must be; what a spreadsheet would take for a formula is led by an apostrophe. */
function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && !isNumberText(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function isNumberText(text: string): boolean {
  return /^-?(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?|Infinity)$/.test(text);
}
