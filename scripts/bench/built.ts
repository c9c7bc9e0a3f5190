/** The product as `npm run build` left it: what is deployed is what is measured. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type * as Config from '../../src/config.ts'
import type * as Start from '../../src/start.ts'

/** A module of it: `(await built('db/schema')) as typeof Schema`. */
export const built = (module: string): Promise<unknown> =>
  import(new URL(`../../dist/${module}.js`, import.meta.url).href)

const { readConfig } = (await built('config')) as typeof Config
const { startServer } = (await built('start')) as typeof Start

/** Its server on this folder. @param env nothing of this process's own environment comes with it */
export const startIn = (folder: string, env: Record<string, string>) =>
  startServer(readConfig({ DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'error', ...env }))

/** Its server on a folder of its own, which goes when it leaves. */
export async function startFresh(env: Record<string, string> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'firstcut-bench-'))
  const running = await startIn(folder, env)
  return {
    folder,
    running,
    async leave() {
      await running.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
