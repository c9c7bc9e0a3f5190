/** What is sewn on: stitches, buttons, zips, buckles, cords, labels: drawn on the light map, lit from the same side. */
import type { Ink, Layout, Trim, Section } from '../drawing/layout.ts'
import { inkIndex } from '../drawing/layout.ts'
import type { Path } from '../drawing/geometry.ts'
import { along, lengthOf, offset, pt, ribbon, stretch } from '../drawing/geometry.ts'
import { hash } from '../drawing/noise.ts'
import type { View } from './raster.ts'
import { blur, boxOf, coverage, rasterStrip, softCoverage } from './raster.ts'
import type { LightMap } from './shade.ts'

/** Lays `alpha` of an ink with its own light over a pixel; two inks per pixel are kept, the larger ones. */
export function over(map: LightMap, i: number, ink: number, alpha: number, shade: number, add = 0): void {
  if (alpha <= 0.004) return
  const a = alpha > 1 ? 1 : alpha
  const wA = map.wA[i]!
  if (map.inkA[i] === ink) {
    const w = a + (1 - a) * wA
    map.sA[i] = (a * shade + (1 - a) * wA * map.sA[i]!) / w
    map.wA[i] = w
  } else {
    if (wA < 0.5) {
      map.inkA[i] = map.inkB[i]!
      map.sA[i] = map.sB[i]!
    }
    map.inkB[i] = map.inkA[i]!
    map.sB[i] = map.sA[i]!
    map.inkA[i] = ink
    map.sA[i] = shade
    map.wA[i] = a
  }
  map.yarn[i] = map.yarn[i]! * (1 - a)
  map.add[i] = map.add[i]! * (1 - a) + add * a
}

const darken = (map: LightMap, i: number, k: number): void => {
  map.sA[i] = map.sA[i]! * k
  map.sB[i] = map.sB[i]! * k
  map.add[i] = map.add[i]! * k
}

const viewOf = (map: LightMap): View => ({ w: map.width, h: map.height, x0: map.x0, y0: map.y0, mmPerPx: map.mmPerPx })

/** Soft shadow of a shape onto whatever lies there. */
function castShadow(
  map: LightMap,
  outlines: readonly Path[],
  dx: number,
  dy: number,
  sigma: number,
  strength: number,
): void {
  const view = viewOf(map)
  const box = boxOf(view, outlines, sigma * 3 + Math.max(dx, dy))
  if (!box) return
  const moved = outlines.map((o) => o.map((p) => pt(p.x + dx, p.y + dy)))
  const soft = softCoverage(view, box, moved, Math.max(0.5, sigma / view.mmPerPx))
  for (let y = 0, k = 0; y < box.h; y++)
    for (let x = 0, i = (y + box.y) * map.width + box.x; x < box.w; x++, i++, k++)
      if (soft[k]! > 0.01) darken(map, i, 1 - soft[k]! * strength)
}

/** A flat shape of one ink, lit like the cloth under it times `gain`. */
function flat(map: LightMap, outlines: readonly Path[], ink: Ink, gain: number, own?: number, only?: number): void {
  const view = viewOf(map)
  const box = boxOf(view, outlines, 1)
  if (!box) return
  const cov = coverage(view, box, outlines)
  const id = inkIndex(ink)
  for (let y = 0, k = 0; y < box.h; y++)
    for (let x = 0, i = (y + box.y) * map.width + box.x; x < box.w; x++, i++, k++)
      if (cov[k]! > 0 && (only === undefined || map.part[i] === only))
        over(map, i, id, cov[k]!, own ?? map.sA[i]! * gain)
}

/** Lockstitch: dashes of thread with the small dents a needle leaves. Length and gap follow the cloth's weight. */
export function stitchLine(map: LightMap, path: Path, seed: number, only: number): void {
  const total = lengthOf(path)
  const view = viewOf(map)
  const px = map.mmPerPx
  const pitch = Math.max(3.4, px * 4.2)
  const dash = pitch * 0.64
  const thick = Math.max(0.75, px * 0.85)
  const dashes: Path[] = []
  let k = 0
  for (let at = 1; at + dash < total; at += pitch, k++) {
    const wob = hash(k, 3, seed) * 0.16
    dashes.push(
      ribbon(offset([along(path, at).p, along(path, at + dash).p], wob), thick * (0.92 + 0.1 * hash(k, 5, seed))),
    )
  }
  if (dashes.length === 0) return
  const box = boxOf(view, [path], 3)
  if (!box) return
  const line = blur(
    coverage(view, box, [ribbon(stretch(path, 0, total, 6), Math.max(1.3, px))]),
    box.w,
    box.h,
    0.8 / px,
  )
  const cov = coverage(view, box, dashes)
  const below = coverage(
    view,
    box,
    dashes.map((d) => d.map((p) => pt(p.x + 0.45, p.y + 0.7))),
  )
  const id = inkIndex('thread')
  for (let y = 0, q = 0; y < box.h; y++)
    for (let x = 0, i = (y + box.y) * map.width + box.x; x < box.w; x++, i++, q++) {
      if (map.part[i] !== only) continue
      if (line[q]! > 0.01) darken(map, i, 1 - 0.16 * line[q]!)
      if (below[q]! > 0.01) darken(map, i, 1 - 0.32 * below[q]!)
      if (cov[q]! > 0) over(map, i, id, cov[q]! * 0.85, map.sA[i]! * 1.12)
    }
}

/** Slope of the relief at a radius, 0–1: a rim, a groove, and a dome in the middle. */
function slopeOfMetal(r: number): number {
  if (r > 0.86) return (r - 0.86) * 9
  return r > 0.76 ? -(0.86 - r) * 6 : r * 0.95
}

/** The same: a rim, a hollow, and a flat middle. */
function slopeOfHorn(r: number): number {
  if (r > 0.8) return (r - 0.72) * 5
  return r > 0.56 ? -0.75 * Math.sin(((r - 0.56) / 0.24) * Math.PI) : -r * 0.1
}

/** Four holes, and the thread through them; `hx`, `hy` in radii from the button's middle. */
function sewnOn(map: LightMap, i: number, hx: number, hy: number, R: number): void {
  const px = map.mmPerPx
  const hole = Math.hypot(Math.abs(hx) - 0.2, Math.abs(hy) - 0.2)
  const a = Math.min(1, Math.max(0, (0.115 - hole) / ((px / R) * 1.2) + 0.5))
  if (a > 0) over(map, i, inkIndex('dark'), a * 0.9, 0.8)
  const bar = Math.min(Math.abs(Math.abs(hx) - 0.2), 9)
  if (Math.abs(hy) < 0.2 && bar < 0.075)
    over(
      map,
      i,
      inkIndex('thread'),
      Math.min(1, ((0.075 - bar) * R) / px + 0.3) * 0.9,
      0.75 + 0.4 * (0.2 - Math.abs(hy)),
    )
}

function button(map: LightMap, t: Extract<Trim, { kind: 'button' }>): void {
  const view = viewOf(map)
  const R = t.radius
  const ring = (r: number, cx = t.at.x, cy = t.at.y): Path =>
    Array.from({ length: 40 }, (_, k) =>
      pt(cx + Math.cos((k * Math.PI) / 20) * r, cy + Math.sin((k * Math.PI) / 20) * r),
    )
  castShadow(map, [ring(R * 1.02)], R * 0.16, R * 0.28, R * 0.2, 0.62)
  castShadow(map, [ring(R * 1.02)], R * 0.06, R * 0.1, R * 0.08, 0.35)
  const box = boxOf(view, [ring(R)], 1)
  if (!box) return
  const cov = coverage(view, box, [ring(R)])
  const ink = inkIndex(t.ink ?? (t.style === 'jeans' || t.style === 'snap' ? 'buckle' : 'button'))
  const metal = t.style !== 'four-hole'
  const px = map.mmPerPx
  const turnBy = 0.5 + 0.7 * hash(Math.round(t.at.x), Math.round(t.at.y), 5)
  const co = Math.cos(turnBy)
  const si = Math.sin(turnBy)
  for (let y = 0, k = 0; y < box.h; y++)
    for (let x = 0, i = (y + box.y) * map.width + box.x; x < box.w; x++, i++, k++) {
      const c = cov[k]!
      if (c <= 0) continue
      const dx = (map.x0 + (x + box.x + 0.5) * px - t.at.x) / R
      const dy = (map.y0 + (y + box.y + 0.5) * px - t.at.y) / R
      const r = Math.hypot(dx, dy) || 1e-6
      const slope = metal ? slopeOfMetal(r) : slopeOfHorn(r)
      const nx = (dx / r) * slope
      const ny = (dy / r) * slope
      const nz = 1 / Math.sqrt(1 + nx * nx + ny * ny)
      const d = (nx * -0.5 + ny * -0.6 + 0.64) * nz
      let s = 0.34 + 0.98 * Math.max(0, d)
      let add = Math.max(0, d * 1.02) ** (metal ? 9 : 22) * (metal ? 0.32 : 0.22)
      if (metal) {
        // a softbox and the dark studio mirrored in it
        const band = Math.sin((nx * 1.6 - ny * 2.4) * nz * 2.1 + 0.5)
        s = 0.5 + 0.62 * band * band * (ny < 0.25 ? 1 : 0.55) + 0.25 * Math.max(0, d)
        add += ny < -0.2 ? 0.1 * -ny * nz : 0
      }
      s *= 1 - 0.25 * Math.max(0, r - 0.9) * 10
      over(map, i, ink, c, s, add)
      if (t.style === 'four-hole') sewnOn(map, i, dx * co + dy * si, -dx * si + dy * co, R)
      else if (t.style === 'jeans' && r < 0.28) over(map, i, ink, 0.8, 0.55 + 0.4 * (r / 0.28), 0)
    }
}

function tube(map: LightMap, path: Path, width: number, ink: Ink, braid: boolean): void {
  const view = viewOf(map)
  const total = lengthOf(path)
  const line = stretch(path, 0, total, Math.max(1.5, width * 0.5))
  const l = offset(line, -width / 2)
  const r = offset(line, width / 2)
  castShadow(map, [ribbon(line, width * 0.9)], width * 0.22, width * 0.42, width * 0.3, 0.6)
  const box = boxOf(view, [l, r], 1)
  if (!box) return
  const sections: Section[] = line.map((_, k) => ({ a: l[k]!, b: r[k]!, s: (k / (line.length - 1)) * total }))
  const strip = rasterStrip(view, box, sections)
  const cov = coverage(view, box, [ribbon(line, width)])
  const id = inkIndex(ink)
  const fine = Math.min(1, width / map.mmPerPx / 4)
  for (let y = 0, k = 0; y < box.h; y++)
    for (let x = 0, i = (y + box.y) * map.width + box.x; x < box.w; x++, i++, k++) {
      const c = cov[k]!
      if (c <= 0) continue
      const t = Number.isNaN(strip.across[k]!) ? 0 : strip.across[k]!
      const s = strip.along[k]!
      const weave = braid ? Math.sin((s / width) * 3.6 + t * 2.6) * 0.1 * fine : 0
      over(map, i, id, c, 0.98 - 0.42 * t * t - 0.2 * t + weave)
    }
}

function zip(map: LightMap, t: Extract<Trim, { kind: 'zip' }>): void {
  const total = lengthOf(t.path)
  flat(map, [ribbon(t.path, t.width * 2.1)], 'cord', 0.4)
  const pitch = Math.max(2.6, map.mmPerPx * 2.6)
  const left: Path[] = []
  const right: Path[] = []
  for (let s = pitch / 2; s < total; s += pitch) {
    const a = along(t.path, s)
    const b = along(t.path, s + pitch * 0.5)
    const tooth = (c: { p: { x: number; y: number }; dx: number; dy: number }, k: number): Path => {
      const n = { x: -c.dy * k, y: c.dx * k }
      const q = (u: number, v: number) => pt(c.p.x + n.x * u + c.dx * v, c.p.y + n.y * u + c.dy * v)
      return [
        q(-t.width * 0.12, -pitch * 0.28),
        q(t.width * 0.46, -pitch * 0.28),
        q(t.width * 0.46, pitch * 0.28),
        q(-t.width * 0.12, pitch * 0.28),
      ]
    }
    left.push(tooth(a, 1))
    right.push(tooth(b, -1))
  }
  castShadow(map, [ribbon(t.path, t.width)], 0.4, 0.8, 0.9, 0.3)
  flat(map, left, 'zip', 1, 0.92)
  flat(map, right, 'zip', 1, 1.12)
  if (t.slider === undefined) return
  const at = along(t.path, t.slider).p
  const w = t.width
  const body: Path = [
    pt(at.x - w * 0.75, at.y - w * 0.9),
    pt(at.x + w * 0.75, at.y - w * 0.9),
    pt(at.x + w * 0.55, at.y + w * 0.9),
    pt(at.x - w * 0.55, at.y + w * 0.9),
  ]
  castShadow(map, [body], 0.8, 1.4, 1.2, 0.6)
  flat(map, [body], 'zip', 1, 0.95)
  const pull = stretch([pt(at.x, at.y + w * 0.3), pt(at.x + w * 0.25, at.y + w * 4.6)], 0, w * 4.2, 2)
  tube(map, pull, w * 0.85, 'zip', false)
}

function buckle(map: LightMap, t: Extract<Trim, { kind: 'buckle' }>): void {
  const view = viewOf(map)
  const rx = t.width / 2
  const ry = t.height / 2
  const bar = Math.max(5, t.width * 0.12)
  const corner = t.shape === 'd-ring' ? ry : t.width * 0.17
  const outline: Path = [pt(t.at.x - rx - bar, t.at.y - ry - bar), pt(t.at.x + rx + bar, t.at.y + ry + bar)]
  const box = boxOf(view, [outline], 4)
  if (!box) return
  const px = map.mmPerPx
  const sdf = (x: number, y: number): number => {
    const qx = Math.abs(x) - rx + corner
    const qy = Math.abs(y) - ry + corner
    return Math.hypot(Math.max(qx, 0), Math.max(qy, 0)) + Math.min(0, Math.max(qx, qy)) - corner
  }
  const prongX = t.width * 0.02
  const shape = (x: number, y: number): { d: number; nx: number; ny: number } => {
    const d = sdf(x, y)
    let best = {
      d: Math.abs(d) - bar / 2,
      nx: ((sdf(x + 0.2, y) - d) / 0.2) * (d / (bar / 2)),
      ny: ((sdf(x, y + 0.2) - d) / 0.2) * (d / (bar / 2)),
    }
    const pw = bar * 0.34
    const q = Math.abs(y - prongX) - pw
    if (x > -rx && x < rx + bar * 0.3 && q < best.d) best = { d: q, nx: 0, ny: (y - prongX) / pw }
    return best
  }
  const shade = new Float32Array(box.w * box.h)
  for (let y = 0, k = 0; y < box.h; y++)
    for (let x = 0; x < box.w; x++, k++) {
      const sx = view.x0 + (x + box.x + 0.5) * px - t.at.x - 1.6
      const sy = view.y0 + (y + box.y + 0.5) * px - t.at.y - 3
      shade[k] = Math.min(1, Math.max(0, (-shape(sx, sy).d + 0.5 * px) / px))
    }
  const soft = blur(shade, box.w, box.h, 2.2 / px)
  const id = inkIndex('buckle')
  for (let y = 0, k = 0; y < box.h; y++)
    for (let x = 0, i = (y + box.y) * map.width + box.x; x < box.w; x++, i++, k++) {
      if (soft[k]! > 0.01) darken(map, i, 1 - 0.6 * soft[k]!)
      const mx = view.x0 + (x + box.x + 0.5) * px - t.at.x
      const my = view.y0 + (y + box.y + 0.5) * px - t.at.y
      const p = shape(mx, my)
      const c = Math.min(1, Math.max(0, (-p.d + 0.5 * px) / px))
      if (c <= 0) continue
      const nz = Math.sqrt(Math.max(0.05, 1 - Math.min(1, p.nx * p.nx + p.ny * p.ny)))
      const d = p.nx * -0.5 + p.ny * -0.6 + nz * 0.64
      const band = Math.sin((p.nx * 1.4 - p.ny * 2) * 1.8 + mx * 0.05 + 0.4)
      over(map, i, id, c, 0.38 + 0.5 * Math.max(0, d) + 0.42 * band * band, Math.max(0, d) ** 10 * 0.4)
    }
}

function label(map: LightMap, t: Extract<Trim, { kind: 'label' }>, only: number): void {
  const r = (x: number, y: number, w: number, h: number): Path => [
    pt(x, y),
    pt(x + w, y),
    pt(x + w, y + h),
    pt(x, y + h),
  ]
  const x = t.at.x - t.width / 2
  const y = t.at.y - t.height / 2
  flat(map, [r(x, y, t.width, t.height)], 'label', 1, 0.82, only)
  // the house mark: a cut line between two short blades, woven small
  const u = t.height * 0.12
  const cx = t.at.x
  const cy = t.at.y
  flat(
    map,
    [
      ribbon([pt(cx - u * 2.2, cy + u * 1.6), pt(cx + u * 1.2, cy - u * 1.8)], u * 0.55),
      ribbon([pt(cx - u * 1.2, cy + u * 1.8), pt(cx + u * 2.2, cy - u * 1.6)], u * 0.55),
    ],
    'dark',
    1,
    1,
    only,
  )
  const stitches = [x + 1.6, x + t.width - 1.6].map((sx) => ribbon([pt(sx, y + 1.5), pt(sx, y + t.height - 1.5)], 0.7))
  flat(map, stitches, 'thread', 1, 0.9, only)
}

function drawTrim(map: LightMap, trim: Trim, only: number): void {
  switch (trim.kind) {
    case 'button':
      return button(map, trim)
    case 'zip':
      return zip(map, trim)
    case 'buckle':
      return buckle(map, trim)
    case 'label':
      return label(map, trim, only)
    case 'cord': {
      tube(map, trim.path, trim.width, 'cord', true)
      const l = lengthOf(trim.path)
      if (trim.tip === 'metal') return tube(map, stretch(trim.path, l - 16, l, 4), trim.width * 1.1, 'zip', false)
      return tube(map, stretch(trim.path, l - 20, l - 12, 4), trim.width * 1.9, 'cord', true)
    }
    case 'eyelet': {
      const ring = Array.from({ length: 28 }, (_, k) =>
        pt(
          trim.at.x + Math.cos((k * Math.PI) / 14) * trim.radius,
          trim.at.y + Math.sin((k * Math.PI) / 14) * trim.radius,
        ),
      )
      const hole = ring.map((p) => pt(trim.at.x + (p.x - trim.at.x) * 0.5, trim.at.y + (p.y - trim.at.y) * 0.5))
      castShadow(map, [ring], 0.3, 0.6, 0.6, 0.5)
      flat(map, [ring], 'zip', 1, 0.95)
      return flat(map, [hole], 'dark', 1, 0.8)
    }
    case 'buttonhole': {
      const a = (trim.angle * Math.PI) / 180
      const d = pt(Math.cos(a) * trim.length * 0.5, Math.sin(a) * trim.length * 0.5)
      const line = stretch(
        [pt(trim.at.x - d.x, trim.at.y - d.y), pt(trim.at.x + d.x, trim.at.y + d.y)],
        0,
        trim.length,
        2,
      )
      flat(map, [ribbon(line, Math.max(2.4, map.mmPerPx * 2))], 'thread', 0.92)
      return flat(map, [ribbon(line, Math.max(0.6, map.mmPerPx * 0.8))], 'dark', 1, 1)
    }
    case 'bartack':
      return flat(map, [ribbon(trim.path, Math.max(1.6, map.mmPerPx * 1.6))], 'thread', 1)
  }
}

/** All stitches and trims of the parts, in order. */
export function drawTrims(map: LightMap, layout: Layout, seed: number): void {
  layout.parts.forEach((part, index) => {
    for (const path of part.stitches ?? []) stitchLine(map, path, seed + index, index + 1)
  })
  for (const trim of layout.trims) drawTrim(map, trim, layout.parts.findIndex((p) => p.id === trim.over) + 1)
}
