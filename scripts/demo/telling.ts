/** How the demo speaks: one line for what begins, one for each thing seen, in the reader's language. */
const zh = /^zh/i.test(process.env['LC_ALL'] ?? process.env['LC_MESSAGES'] ?? process.env['LANG'] ?? '')
const started = performance.now()

export const say = (english: string, chinese: string): string => (zh ? chinese : english)
export const readerLang = zh ? ('zh' as const) : ('en' as const)

export const chapter = (number: number, english: string, chinese: string): void => {
  const seconds = ((performance.now() - started) / 1000).toFixed(1).padStart(5)
  process.stdout.write(`\n[${seconds} s] ${number}. ${say(english, chinese)}\n`)
}

export const note = (text: string): void => void process.stdout.write(`    ${text}\n`)

/** Overwrites itself on a terminal, says nothing in between elsewhere. */
export const progress = (text: string): void => {
  if (process.stdout.isTTY) process.stdout.write(`\r    ${text.padEnd(70)}`)
}
export const progressDone = (): void => {
  if (process.stdout.isTTY) process.stdout.write('\r')
}

/** Ask until there is an answer. @throws Error naming what did not come in time */
export async function until<T>(what: string, look: () => Promise<T | undefined | false>, seconds = 120): Promise<T> {
  const end = performance.now() + seconds * 1000
  for (;;) {
    const found = await look()
    if (found) return found
    if (performance.now() > end) throw new Error(`${what}: nothing after ${seconds} s`)
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
}
