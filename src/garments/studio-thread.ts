/** What runs in each of the studio's threads: one job at a time, as it is asked. */
import { answerTasks, type Answers } from '../core/pool-thread.ts'
import { deriveStyle } from './derive.ts'
import { improve } from './marker.ts'
import type { RawPicture } from './packshot/index.ts'
import type { Jobs } from './studio-jobs.ts'

const jobs: Answers<Jobs> = {
  derive: ({ spec, rules, overrides = [] }, { signal, report }) =>
    deriveStyle(spec, rules, { overrides, signal, onProgress: (step, share) => report({ step, share }) }),

  async picture({ packshot, colourings = [packshot.colours] }, { report, hand }) {
    report({ step: 'light', share: 0 })
    // Loaded when first asked for: a thread that only drafts never pays for the renderer.
    const { finishPicture, renderLightMap } = await import('./packshot/index.ts')
    const light = renderLightMap(packshot)
    const pictures: RawPicture[] = []
    for (const [i, colours] of colourings.entries()) {
      report({ step: 'colour', share: (1 + i) / (1 + colourings.length) })
      const picture = await finishPicture(light, colours)
      // Bytes of their own: a view into a shared buffer cannot be handed over to another thread.
      const data = new Uint8Array(picture.data)
      hand(data.buffer)
      pictures.push({ ...picture, data })
    }
    return pictures
  },

  'improve-marker': ({ pieces, cloth, ...options }, { signal, report }) =>
    improve(pieces, cloth, {
      ...options,
      signal,
      onProgress: ({ done, total, lengthMm }) => report({ step: `${lengthMm.toFixed(0)} mm`, share: done / total }),
    }),

  async documents({ quantities, markerMs = 0, ready, ...input }, { signal, report }) {
    const { assertDrawable, calloutsFor, documentFiles, flatsFor, improvedLays, laysFor, laysOf } =
      await import('./techpack/index.ts')
    report({ step: 'lays', share: 0 })
    if (ready) {
      const { flats, markers } = ready
      const callouts = [...ready.callouts]
      const lays = laysOf(input.style, quantities, markers)
      return { lays, callouts, files: await documentFiles({ ...input, lays, flats }, callouts) }
    }
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
  },

  async ready({ style, quantities, markerMs = 0, round = 0, pictures, known = [] }, { signal }) {
    const { flatsFor, numberedCallouts, readyMarkers } = await import('./techpack/index.ts')
    const flats = flatsFor(style)
    return {
      flats,
      callouts: numberedCallouts(style.spec, flats, pictures),
      markers: await readyMarkers(style, quantities, { known, markerMs, round, signal }),
    }
  },

  async patterns(input, { report }) {
    const { patternFiles } = await import('./techpack/index.ts')
    report({ step: 'patterns', share: 0 })
    return patternFiles(input)
  },

  async worn(input, { report }) {
    report({ step: 'drape', share: 0 })
    // Loaded when first asked for, as pictures are.
    const { worn } = await import('./drape/worn/worn.ts')
    return worn(input, (share) => report({ step: 'drape', share }))
  },

  async slips(input, { hand }) {
    const { packingSlipsPdf } = await import('./techpack/index.ts')
    // Bytes of their own: a view into a shared buffer cannot be handed over to another thread.
    const bytes = new Uint8Array(await packingSlipsPdf(input))
    hand(bytes.buffer)
    return bytes
  },
}

answerTasks(jobs)
