/** Wishes about how a garment is made: collar, closure, pockets, belt, lining, with and without. */
import type { ConstructionOption, ConstructionSlot } from '../../../garments/index.ts'
import { both } from '../designer/facts.ts'
import { noneOf } from './lexicon.ts'
import type { Clause, Draft } from './draft.ts'

const slotOf = (draft: Draft, name: string): ConstructionSlot | undefined =>
  draft.block.construction.find(({ slot }) => slot === name)

const optionOf = (slot: ConstructionSlot, value: string | undefined): ConstructionOption | undefined =>
  slot.options.find((option) => option.value === value)

function choose(draft: Draft, slot: ConstructionSlot, to: ConstructionOption): void {
  const now = draft.spec.construction[slot.slot]
  if (now === to.value) return
  const from = optionOf(slot, now)?.label ?? both('–', '–')
  draft.spec = { ...draft.spec, construction: { ...draft.spec.construction, [slot.slot]: to.value } }
  draft.changes.push({ field: `construction.${slot.slot}`, label: slot.label, from, to: to.label })
}

/** Choose an option by name; false when the block has no such slot or option. */
export function chooseOption(draft: Draft, slotName: string, value: string): boolean {
  const slot = slotOf(draft, slotName)
  const option = slot && optionOf(slot, value)
  if (!slot || !option) return false
  choose(draft, slot, option)
  return true
}

/** Do without an option: the slot's "none" where it has one, else its default, else its first other one. */
function replaceOption(draft: Draft, slot: ConstructionSlot, unwanted: string): void {
  const instead =
    noneOf(slot) ??
    optionOf(slot, slot.default === unwanted ? undefined : slot.default) ??
    slot.options.find(({ value }) => value !== unwanted)
  if (instead && instead.value !== unwanted) choose(draft, slot, instead)
}

function withoutSlot(draft: Draft, slot: ConstructionSlot, clause: Clause): void {
  const none = noneOf(slot)
  if (none) return choose(draft, slot, none)
  draft.refused.push({
    words: clause.text,
    reason: both(
      `${draft.block.name.zh}不能没有${slot.label.zh}，可选：${slot.options.map(({ label }) => label.zh).join('、')}。`,
      `A ${draft.block.name.en} cannot go without its ${slot.label.en.toLowerCase()}. Choose: ${slot.options.map(({ label }) => label.en.toLowerCase()).join(', ')}.`,
    ),
  })
}

/** "领子换成布的": of the slot's options the default, or the first, that is not fur. */
const plainCloth = (slot: ConstructionSlot): ConstructionOption | undefined => {
  const cloth = slot.options.filter(({ value }) => !value.includes('fur') && value !== 'none')
  return cloth.find(({ value }) => value === slot.default) ?? cloth[0]
}

const firstReal = (slot: ConstructionSlot): ConstructionOption | undefined => {
  const none = noneOf(slot)
  return slot.options.find((option) => option !== none)
}

/** Options the clause names, each in the slot that is named beside it or, failing that, its own. */
function namedOptions(draft: Draft, clause: Clause): { slot: ConstructionSlot; option: ConstructionOption }[] {
  const slots = new Set(clause.all('slot').map(({ slot }) => slot))
  return clause.tokens.flatMap(({ meanings }) => {
    const options = meanings.flatMap((meaning) => (meaning.kind === 'option' ? [meaning] : []))
    const meant = options.find(({ slot }) => slots.has(slot)) ?? options[0]
    const slot = meant && slotOf(draft, meant.slot)
    const option = slot && optionOf(slot, meant.option)
    if (!slot || !option) return []
    clause.heard.add(meant)
    return [{ slot, option }]
  })
}

export function applyConstruction(draft: Draft, clause: Clause): boolean {
  const named = namedOptions(draft, clause)
  for (const { slot, option } of named) {
    if (!clause.negated) choose(draft, slot, option)
    else if (draft.spec.construction[slot.slot] === option.value) replaceOption(draft, slot, option.value)
  }
  const slots = [...new Set(clause.all('slot').map(({ slot }) => slot))]
    .filter((name) => !named.some(({ slot }) => slot.slot === name))
    .flatMap((name) => slotOf(draft, name) ?? [])
  // A part beside a measure, a colour or a cloth is what that wish is about, not one of its own.
  const aboutSomethingElse = [
    'towards',
    'amount',
    'colour',
    'family',
    'metal',
    'shade',
    'fibre',
    'texture',
    'material',
    'quality',
  ].some((kind) => clause.has(kind as Parameters<Clause['has']>[0]))
  let understood = named.length > 0
  for (const slot of slots) {
    const taken = applySlot(draft, clause, slot, { aboutSomethingElse, named: named.length > 0 })
    if (taken) for (const each of clause.all('slot')) if (each.slot === slot.slot) clause.heard.add(each)
    understood = taken || understood
  }
  // The part that an option was named beside: "collar: stand".
  for (const each of clause.all('slot')) if (named.some(({ slot }) => slot.slot === each.slot)) clause.heard.add(each)
  if (clause.negated && clause.all('trim').some(({ trim }) => trim === 'button'))
    understood = hideButtons(draft, clause) || understood
  if (clause.negated && understood) clause.hear('trim')
  if (clause.has('absent') && !understood) {
    clause.hear('absent')
    if (!clause.negated)
      draft.refused.push({
        words: clause.text,
        reason: both(
          `${draft.block.name.zh}的版型做不了这个，可以改的有：${draft.block.construction.map(({ label }) => label.zh).join('、')}。`,
          `The ${draft.block.name.en} block cannot do that. What can be chosen: ${draft.block.construction.map(({ label }) => label.en.toLowerCase()).join(', ')}.`,
        ),
      })
    // Doing without what is not there is granted already.
    return true
  }
  return understood
}

/** Options that are the part itself, where a slot has lesser ones too. */
const WHOLE: ReadonlySet<string> = new Set(['full', 'tie'])

/** A slot that was named without an option. @returns whether anything was meant by it */
function applySlot(
  draft: Draft,
  clause: Clause,
  slot: ConstructionSlot,
  beside: { aboutSomethingElse: boolean; named: boolean },
): boolean {
  const now = draft.spec.construction[slot.slot]
  if (clause.has('cloth') && !clause.negated && optionOf(slot, now)?.value.includes('fur')) {
    const plain = plainCloth(slot)
    if (plain) choose(draft, slot, plain)
    return true
  }
  if (beside.aboutSomethingElse) return false
  if (clause.negated) {
    withoutSlot(draft, slot, clause)
    return true
  }
  if (!clause.has('add') || beside.named) return false
  const none = noneOf(slot)
  // A half belt at the back is there already where a belt is to be added.
  const whole = slot.options.find(({ value }) => WHOLE.has(value))
  const real = whole ?? firstReal(slot)
  if (real && none && (now === none.value || whole)) choose(draft, slot, real)
  return true
}

/** "不要扣子": a closure that shows none. */
function hideButtons(draft: Draft, clause: Clause): boolean {
  const slot = slotOf(draft, 'closure')
  const hidden = slot?.options.find(({ value }) => /concealed|zip|none/.test(value))
  if (slot && hidden) choose(draft, slot, hidden)
  else
    draft.refused.push({
      words: clause.text,
      reason: both(
        `${draft.block.name.zh}没有不用扣子的门襟。`,
        `A ${draft.block.name.en} has no closure without buttons.`,
      ),
    })
  return true
}
