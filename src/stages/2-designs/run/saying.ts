/** What is said of designs further down the line, kept as evidence for the next ones. */
import type { Context } from '../../context.ts'
import type { Attribute, EvidenceKind } from '../designer/preference.ts'
import { CATEGORY_NAMES } from '../../../garments/index.ts'
import { versionOf } from '../store.ts'
import { keepEvidence } from '../store/preferences.ts'

export interface Said {
  styleId: string
  version: number
}

/** Which version was sold or not: handed in, for it is known further down the line. */
export interface Sales {
  /** The version that a lot is made of. */
  lot(id: string): Promise<Said | undefined>
  /** The version of a campaign that ended without a lot, and that nobody stopped. */
  unsold(campaignId: string): Promise<Said | undefined>
}
export const NO_SALES: Sales = { lot: async () => undefined, unsold: async () => undefined }

/** By category what sold is in every brief already. */
const WITH_CATEGORY: ReadonlySet<EvidenceKind> = new Set(['approved', 'rejected'])

export async function saidOf({ db, clock }: Context, kind: EvidenceKind, said: Said | undefined): Promise<void> {
  if (!said) return
  const row = await versionOf(db.read, said.styleId, said.version)
  if (!row) return
  const { category } = row.spec
  const attributes: Attribute[] = [
    ...(WITH_CATEGORY.has(kind) ? [{ key: 'category', value: category, label: CATEGORY_NAMES[category] }] : []),
    ...row.spec.attributes.map(({ key, value, label }) => ({ key, value, label })),
  ]
  await db.write((tx) => keepEvidence(tx, { styleId: said.styleId, kind, attributes, at: clock.now() }))
}
