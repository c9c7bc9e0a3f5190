/** What runs in each of the studio's threads: one job at a time, as it is asked. */
import { parentPort } from 'node:worker_threads'
import { Problem } from '../core/errors.ts'
import { deriveStyle } from './derive.ts'
import { improve } from './marker.ts'
import type { RawPicture } from './packshot/index.ts'
import type { Ask, Failure, FromThread, JobKind, JobProgress, Jobs, ToThread } from './studio-jobs.ts'

const port = parentPort
if (!port) throw new Error('studio-thread runs in a worker thread, started by openStudio')

const running = new Map<number, AbortController>()
const say = (message: FromThread, hand: readonly ArrayBuffer[] = []): void => port.postMessage(message, hand)
/** Pixels are handed over instead of copied. */
const bytesIn = (ask: Ask, output: Jobs[JobKind]['output']): ArrayBuffer[] =>
  ask.kind === 'picture' ? (output as RawPicture[]).map((picture) => picture.data.buffer as ArrayBuffer) : []

async function perform(
  ask: Ask,
  signal: AbortSignal,
  report: (progress: JobProgress) => void,
): Promise<Jobs[JobKind]['output']> {
  switch (ask.kind) {
    case 'derive': {
      const { spec, rules, overrides = [] } = ask.input
      return deriveStyle(spec, rules, { overrides, signal, onProgress: (step, share) => report({ step, share }) })
    }
    case 'picture': {
      const { packshot, colourings = [packshot.colours] } = ask.input
      report({ step: 'light', share: 0 })
      // Loaded when first asked for: a thread that only drafts never pays for the renderer.
      const { finishPicture, renderLightMap } = await import('./packshot/index.ts')
      const light = renderLightMap(packshot)
      const pictures: RawPicture[] = []
      for (const [i, colours] of colourings.entries()) {
        report({ step: 'colour', share: (1 + i) / (1 + colourings.length) })
        const picture = await finishPicture(light, colours)
        // Bytes of their own: a view into a pool cannot be handed over to another thread.
        pictures.push({ ...picture, data: new Uint8Array(picture.data) })
      }
      return pictures
    }
    case 'improve-marker': {
      const { pieces, cloth, ...options } = ask.input
      return improve(pieces, cloth, {
        ...options,
        signal,
        onProgress: ({ done, total, lengthMm }) => report({ step: `${lengthMm.toFixed(0)} mm`, share: done / total }),
      })
    }
    case 'documents': {
      const { assertDrawable, calloutsFor, documentFiles, flatsFor, improvedLays, laysFor } =
        await import('./techpack/index.ts')
      const { quantities, markerMs = 0, ...input } = ask.input
      report({ step: 'lays', share: 0 })
      const first = laysFor(input.style, quantities)
      const flats = flatsFor(input.style)
      // An order that still lacks an address is tried again and again: it is refused before the long search.
      const callouts = calloutsFor({ ...input, lays: first, flats })
      assertDrawable({ ...input, lays: first, flats }, callouts)
      const lays = await improvedLays(input.style, first, markerMs, {
        signal,
        onProgress: (share) => report({ step: 'lays', share: share * 0.6 }),
      })
      report({ step: 'documents', share: 0.6 })
      return { lays, callouts, files: await documentFiles({ ...input, lays, flats }, callouts) }
    }
    case 'patterns': {
      const { patternFiles } = await import('./techpack/index.ts')
      report({ step: 'patterns', share: 0 })
      return patternFiles(ask.input)
    }
  }
}

const failureOf = (error: unknown): Failure => {
  if (error instanceof Problem) {
    const { code, status, text, extra } = error
    return { message: error.message, problem: { code, status, text, extra } }
  }
  return { message: error instanceof Error ? (error.stack ?? error.message) : String(error) }
}

port.on('message', (message: ToThread) => {
  if (message.type === 'stop') {
    running.get(message.id)?.abort()
    return
  }
  const { id } = message
  const stop = new AbortController()
  running.set(id, stop)
  perform(message, stop.signal, (progress) => say({ type: 'progress', id, progress }))
    .then((output) => say({ type: 'done', id, output }, bytesIn(message, output)))
    .catch((error: unknown) => say({ type: 'failed', id, failure: failureOf(error) }))
    .finally(() => running.delete(id))
})
