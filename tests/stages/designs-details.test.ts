/** What is drawn once a style is to be sold: close-ups in every colour it is sold in, and the 4:5 of shops and feeds. */
import sharp from 'sharp'
import { expect, test } from 'vitest'
import type { Actor } from '../../src/core/actor.ts'
import { readLabel } from '../../src/garments/index.ts'
import { openDesigns, type DesignOptions } from '../../src/stages/2-designs/actions.ts'
import type { DesignRequest } from '../../src/stages/2-designs/model.ts'
import { readDraft } from '../../src/stages/2-designs/geometry.ts'
import { closeUpsForBrief } from '../../src/stages/2-designs/pictures/pictures.ts'
import { portraitOf } from '../../src/stages/2-designs/pictures/portrait.ts'
import { openApprovals } from '../../src/stages/3-approvals/actions.ts'
import type { Context } from '../../src/stages/context.ts'
import { world } from '../support/world.ts'

const merchandiser: Actor = { kind: 'user', id: 'u-1', name: 'Mei', role: 'merchandiser' }
const options: DesignOptions = { contentProducer: '001191440300MA5EXAMPLE', c2pa: undefined, sizePx: 320, scale: 1 }
const stages = (context: Context) => ({
  designs: openDesigns(context, options),
  approvals: openApprovals(context, options),
})

test('an approved style has its details in every colourway and its front as 4:5, each file with its labels', async () => {
  await using w = await world({ stages })
  const asked: DesignRequest = { count: 1, categories: ['tee'], genders: ['women'], season: 'summer', seed: 5 }
  const { id: runId } = await w.stages.designs.requestDesigns(merchandiser, asked)
  await w.settle()
  const [{ style, version: before } = { style: undefined, version: undefined }] = (
    await w.stages.designs.listStyles(merchandiser, { runId })
  ).items
  if (!style || !before) throw new Error('a style')
  expect(before.pictures.some(({ view }) => view === 'front-portrait' || view.startsWith('detail-'))).toBe(false)
  await w.stages.approvals.approve(merchandiser, { id: style.id, version: 1, secondLook: true })
  await w.settle()

  const { version } = await w.stages.designs.getStyle(merchandiser, { id: style.id })
  expect(version.hash).toBe(before.hash)
  const colourways = version.spec.colourways.map(({ id }) => id)
  expect(colourways.length).toBeGreaterThan(1)
  for (const view of ['detail-collar', 'detail-cuff', 'detail-fabric']) {
    const drawn = version.pictures.filter((each) => each.view === view)
    expect(new Set(drawn.map(({ colourway }) => colourway))).toEqual(new Set(colourways))
    // No two colourways share a file: each is drawn in its own colour.
    expect(new Set(drawn.map(({ files }) => files['webp'])).size).toBe(drawn.length)
    // The tech pack's PDF shows the first colourway, and takes JPEG only.
    expect(drawn.filter(({ files }) => files['jpeg']).map(({ colourway }) => colourway)).toEqual([colourways[0]])
  }
  // A lot that is sold before they are drawn has the same close-ups in its brief: the very files.
  const draft = await readDraft(w.context, version.geometryFile)
  const early = await closeUpsForBrief(w.context, { spec: version.spec, draft }, options)
  const own = version.pictures.filter(
    ({ view, colourway }) => view.startsWith('detail-') && colourway === colourways[0],
  )
  expect(early.map(({ view, files }) => [view, files])).toEqual(own.map(({ view, files }) => [view, files]))
  // Every colourway's front is there as the tech pack takes it.
  expect(version.pictures.filter(({ view, files }) => view === 'front' && files['jpeg'])).toHaveLength(
    colourways.length,
  )
  const [portrait, ...more] = version.pictures.filter(({ view }) => view === 'front-portrait')
  expect(more).toEqual([])
  expect(portrait).toMatchObject({ colourway: colourways[0], digitalSourceType: 'algorithmicMedia' })
  expect((portrait?.height ?? 0) / (portrait?.width ?? 1)).toBeCloseTo(1.25, 1)
  for (const [format, hash] of Object.entries(portrait?.files ?? {})) {
    const bytes = await w.context.engines.files.get(hash)
    expect(await sharp(bytes).metadata()).toMatchObject({ format, width: portrait?.width, height: portrait?.height })
    const label = await readLabel(bytes)
    expect(label).toMatchObject({ digitalSourceType: 'algorithmicMedia', visible: { present: true } })
    expect(label.visible.share).toBeGreaterThanOrEqual(0.05)
    expect(label.aigc).toMatchObject({ ContentProducer: options.contentProducer })
  }
  expect(w.complaints).toEqual([])
})

test.each([
  ['narrow', { x: 380, y: 60, w: 260, h: 840 }],
  ['wide', { x: 40, y: 200, w: 940, h: 600 }],
  ['off the middle', { x: 500, y: 100, w: 480, h: 820 }],
])('the 4:5 of a %s garment keeps all of it, at its size, with nothing but wall around', (_, box) => {
  const side = 1024
  const data = Buffer.alloc(side * side * 3, 210)
  for (let y = box.y; y < box.y + box.h; y++) data.fill(30, (y * side + box.x) * 3, (y * side + box.x + box.w) * 3)
  const silhouette = { box } as Parameters<typeof portraitOf>[0]['silhouette']
  const cut = portraitOf({ width: side, height: side, data, silhouette } as Parameters<typeof portraitOf>[0])
  expect(cut.height / cut.width).toBeCloseTo(1.25, 2)
  expect(cut.data).toHaveLength(cut.width * cut.height * 3)
  let dark = 0
  for (const value of cut.data) if (value === 30) dark++
  expect(dark).toBe(box.w * box.h * 3)
  expect(cut.data.filter((value) => value !== 30 && Math.abs(value - 210) > 1)).toHaveLength(0)
})
