/**
 * Garments that the house cannot make. Where the vocabulary names a category for one of them, that is only the garment of
 * ours that comes nearest to it: trousers are no shorts, and a blazer of twill is no shell jacket. Whoever builds such a
 * garment takes its line away here.
 */
const NEAREST_ONLY: ReadonlySet<string> = new Set([
  // Zipped outerwear, padding, hoods and toggles on a coat or jacket.
  'puffer',
  'puffer-vest',
  'parka',
  'duffle-coat',
  'raincoat',
  'denim-jacket',
  'leather-jacket',
  'bomber',
  'varsity-jacket',
  'barn-jacket',
  'field-jacket',
  'shirt-jacket',
  'windbreaker',
  'sun-jacket',
  'track-jacket',
  'fleece-jacket',
  'shearling-coat',
  'teddy-coat',
  'bolero',
  // Two garments sold as one.
  'suit',
  // Chinese dress.
  'zhongshan-suit',
  'tang-jacket',
  'qipao',
  'horse-face-skirt',
  // Knitwear with a gauge of its own.
  'knit-vest',
  'sweater',
  'knitwear',
  'cardigan',
  'cable-knit',
  'turtleneck-sweater',
  'mohair-sweater',
  'half-zip',
  // Tops.
  'polo',
  'tank',
  'hawaiian-shirt',
  // Legs of another length, or cut otherwise than by ease and taper.
  'jeans',
  'wide-leg-jeans',
  'barrel-trousers',
  'harem-pants',
  'balloon-trousers',
  'cargo-pants',
  'sweatpants',
  'dungarees',
  'shorts',
  'denim-shorts',
  'bermuda-shorts',
  'culottes',
  'horse-riding-trousers',
  // Skirts and dresses with pleats, tiers, straps, a train, or of knitted cloth.
  'pleated-skirt',
  'tutu',
  'tiered-skirt',
  'mermaid-skirt',
  'tulip-skirt',
  'wrap-skirt',
  'knit-dress',
  'slip-dress',
  'shirt-dress',
  'wrap-dress',
  'polo-dress',
  'tee-dress',
  'pinafore',
  'strapless-dress',
  'princess-dress',
  'evening-gown',
  'wedding-dress',
])

/** Words so wide that they name no garment: whatever is made above the waist is a top, and 裙 a skirt or a dress. */
const WIDE = new Set(['top', 'skirt-or-dress'])

/**
 * What can be made of a garment that a term names: the garment itself, only one that is near to it, or nothing; undefined
 * where the term names no garment.
 */
export function makingOf({ id, kind, implies }: Named): 'itself' | 'near' | 'nothing' | undefined {
  if (kind !== 'garment' || WIDE.has(id)) return undefined
  if (implies.category === undefined) return 'nothing'
  return NEAREST_ONLY.has(id) ? 'near' : 'itself'
}

interface Named {
  id: string
  kind: string
  implies: { category?: string }
}

/** The lines above, for the test that holds them against the vocabulary. */
export const nearestOnly = (): readonly string[] => [...NEAREST_ONLY]
