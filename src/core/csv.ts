/** Tables as spreadsheets read them. */
import Papa from 'papaparse'

/** A spreadsheet computes what begins with one of these; an apostrophe keeps it text. A telephone number stays one. */
const asText = (value: string): string =>
  /^[=+\-@\t\r＝＋－＠]/.test(value) && !/^\+[\d ()-]+$/.test(value) ? `'${value}` : value

/** Rows of texts as CSV, the first of them the names of the columns. */
export const toCsv = (rows: readonly (readonly (string | number)[])[]): string =>
  `${Papa.unparse(
    rows.map((row) => row.map((cell) => (typeof cell === 'number' ? cell : asText(cell)))),
    { newline: '\r\n' },
  )}\r\n`
