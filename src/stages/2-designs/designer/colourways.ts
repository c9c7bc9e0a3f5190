/** Three colourways for a style: one that speaks, one that is safe, one that contrasts. */
import type { Colourway, MaterialRole, Season, Texture } from '../../../garments/index.ts'
import { chromaOf, deltaE, hueApart, hueOf, labOf, shade } from './colour.ts'
import { isNeutral, PALETTE, type NamedColour } from './palette.ts'
import { leaningTo, NO_PREFERENCES, type Preferences } from './preference.ts'
import type { Chance } from './random.ts'

/** How well a colour suits a season: light and fresh in spring and summer, deep and warm in autumn and winter. */
export function colourSuits({ lab, family }: NamedColour, season: Season): number {
  if (season === 'all-season') return 0.8
  const wanted = { spring: 70, summer: 78, autumn: 42, winter: 34 }[season]
  const lightness = Math.max(0, 1 - Math.abs(lab.l - wanted) / 60)
  const warm = ['brown', 'orange', 'red', 'yellow', 'beige'].includes(family)
  const fresh = ['teal', 'pink', 'white', 'blue'].includes(family)
  const moods = { spring: fresh && 0.25, summer: fresh && 0.25, autumn: warm && 0.3, winter: warm && 0.1 }
  return Math.min(1, 0.15 + 0.65 * lightness + (moods[season] || 0))
}

/** Cloths that are known in a few colours only: a denim is blue, grey or black, whatever the palette offers. */
const CLOTH_FAMILIES: Readonly<Partial<Record<Texture, readonly string[]>>> = {
  denim: ['blue', 'navy', 'black', 'grey', 'white', 'beige'],
}

const clothTakes = (texture: Texture | undefined, colour: NamedColour): boolean => {
  const families = texture ? CLOTH_FAMILIES[texture] : undefined
  return !families || families.includes(colour.family)
}

/**
 * Colours that go together by their hues: neighbours (within 40°), opposites (150° to 180°), or one of them neutral.
 */
export function harmony(a: NamedColour, b: NamedColour): number {
  if (isNeutral(a) || isNeutral(b)) return 0.85
  const apart = hueApart(hueOf(a.lab), hueOf(b.lab))
  if (apart <= 40) return 1
  return apart >= 150 ? 0.75 : 0.35
}

const darkOf = (hex: string): boolean => labOf(hex).l < 45

/** Hex per role and trim for a shell colour. Linings and ribs follow the shell; fur stays a colour that fur has. */
export function coloursFor(
  shell: NamedColour,
  roles: readonly MaterialRole[],
  textures: Readonly<Partial<Record<MaterialRole, Texture>>>,
  random: Chance,
): Record<string, string> {
  const tone = shell.hex
  const dark = darkOf(tone)
  const companions = PALETTE.filter((colour) => harmony(colour, shell) > 0.7 && deltaE(colour.lab, shell.lab) > 22)
  const furs = PALETTE.filter((colour) => ['brown', 'beige', 'black', 'grey', 'white'].includes(colour.family))
  const contrast =
    textures.contrast === 'fur'
      ? random.weighted(
          furs,
          (colour) => (deltaE(colour.lab, shell.lab) > 15 ? 1 : 0.1) + (colour.family === 'brown' ? 1 : 0),
        )
      : random.weighted(companions.length > 0 ? companions : PALETTE, (colour) => (isNeutral(colour) ? 2 : 1))
  const lining = random.next() < 0.6 ? shade(tone, dark ? 0.16 : -0.14) : contrast.hex
  const byRole: Record<MaterialRole, string> = {
    shell: tone,
    contrast: contrast.hex,
    lining,
    rib: random.next() < 0.75 ? tone : shade(tone, dark ? 0.12 : -0.12),
    interlining: '#e8e4da',
    pocketing: dark ? '#2f2f31' : '#e9e6df',
  }
  const metal = random.pick(['#8f8a80', '#a58a55', '#55534f'])
  return {
    ...Object.fromEntries(roles.map((role) => [role, byRole[role]])),
    thread: random.next() < 0.8 ? tone : shade(tone, dark ? 0.35 : -0.3),
    button: random.pick([shade(tone, dark ? -0.35 : -0.55), '#3b2f24', '#5a4632']),
    zip: metal,
    buckle: metal,
  }
}

export interface ColourwaysAsked {
  /** Colours to lead with (a trend's, a wish's), best first. */
  lead: readonly NamedColour[]
  /** They are a palette: no neutral of the house's comes between them while it lasts. */
  palette?: boolean
  /** What was said of colours before. */
  preferences?: Preferences
  season: Season
  roles: readonly MaterialRole[]
  textures: Readonly<Partial<Record<MaterialRole, Texture>>>
  count?: number
}

/** Colourways with distinct shell colours; the first leads, the second is neutral, the rest contrast with both. */
export function colourwaysFor(
  { lead, palette = false, preferences = NO_PREFERENCES, season, roles, textures, count = 3 }: ColourwaysAsked,
  random: Chance,
): Colourway[] {
  const usable = PALETTE.filter((colour) => clothTakes(textures.shell, colour))
  const led = lead.filter((colour) => clothTakes(textures.shell, colour))
  const taken: NamedColour[] = []
  const apart = (colour: NamedColour) => Math.min(...taken.map((other) => deltaE(colour.lab, other.lab)), 100)
  const take = (weight: (colour: NamedColour) => number) =>
    void taken.push(
      random.weighted(
        usable.filter((c) => apart(c) > 18),
        (colour) => weight(colour) * leaningTo(preferences, 'colour', colour.id),
      ),
    )
  if (led[0]) taken.push(led[0])
  else take((colour) => colourSuits(colour, season) ** 3 * (chromaOf(colour.lab) > 10 ? 1 : 0.5))
  if (!palette) take((colour) => (isNeutral(colour) ? colourSuits(colour, season) : 0))
  while (taken.length < count) {
    const next = led.find((colour) => apart(colour) > (palette ? 10 : 18))
    if (next) taken.push(next)
    else
      take(
        (colour) =>
          colourSuits(colour, season) *
          Math.min(1, apart(colour) / 40) *
          Math.min(...taken.map((t) => harmony(t, colour))),
      )
  }
  return taken.slice(0, count).map((colour) => ({
    id: colour.id,
    name: colour.name,
    colours: coloursFor(colour, roles, textures, random),
  }))
}
