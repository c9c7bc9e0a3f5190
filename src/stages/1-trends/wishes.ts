import type { Term } from './vocabulary/term.ts'

/** What designers call a look, where it has another name there. */
const LOOKS: Readonly<Record<string, string>> = {
  minimalist: 'minimal',
  gorpcore: 'outdoor',
  commute: 'commuter',
  french: 'romantic',
  'western-cowboy': 'western',
  androgynous: 'boyish',
}

const lengthWord = (place: number): string =>
  place <= 0.15 ? 'short' : place >= 0.95 ? 'extra-long' : place >= 0.6 ? 'long' : 'regular'
const fitWord = (place: number): string =>
  place <= 0.2 ? 'slim' : place >= 0.95 ? 'oversized' : place >= 0.7 ? 'relaxed' : 'regular'

/**
 * A term's implications as a designer's brief takes them: `category`, `gender`, `colour`, `fabric`, `silhouette`,
 * `length`, `style`, or the name of a construction slot → values, most wanted first.
 */
export function wishesOf(term: Term): Record<string, string[]> {
  const { category, gender, construction, texture, attribute, colour, parameters } = term.implies
  const wishes: Record<string, string[]> = {}
  const wish = (key: string, value: string | undefined) => {
    if (value !== undefined) wishes[key] = [...(wishes[key] ?? []), value]
  }
  wish('category', category)
  wish('gender', gender)
  wish('colour', colour)
  wish('fabric', texture)
  for (const [slot, option] of Object.entries(construction ?? {})) wish(slot, option)
  if (parameters?.['bodyLength'] !== undefined) wish('length', lengthWord(parameters['bodyLength']))
  const fit = parameters?.['chestEase'] ?? parameters?.['waistEase']
  if (fit !== undefined) wish('silhouette', fitWord(fit))
  if (attribute?.key === 'style') wish('style', LOOKS[attribute.value] ?? attribute.value)
  for (const part of term.parts) if (part in LOOKS || part === 'military') wish('style', LOOKS[part] ?? part)
  for (const key of Object.keys(wishes)) wishes[key] = [...new Set(wishes[key])]
  return wishes
}
