/** What trousers look like, as their category reads its choices. */
export interface TrouserLook {
  /** Topstitched, with a jeans button, as chinos are. */
  casual: boolean
  creased: boolean
  /** The back is shaped by a dart above each pocket. */
  darted: boolean
  turnUps: boolean
  pockets: 'seam' | 'slant' | 'none'
  backPockets: boolean
  /** An elastic waist has neither fly nor loops. */
  elastic: boolean
  loops: boolean
  buttonFly: boolean
}
