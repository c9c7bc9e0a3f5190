/** One small input of ../shared/cases, and what is right for it. */
export interface CaseRow {
  /** The number in front of the folder's name: `06`. */
  folder: string
  /** What is to be so, in the language of the business. */
  sentence: string
  /** Fails where it is not so. `folder` is the absolute path of the case. */
  run(folder: string): Promise<void>
}
