import { Option, type Command } from 'commander'
import type { Lang } from '../../core/values.ts'
import { listPreferences } from '../../stages/2-designs/actions/list-preferences.ts'
import { listStyles } from '../../stages/2-designs/actions/list-styles.ts'
import { requestDesigns } from '../../stages/2-designs/actions/request-designs.ts'
import { approveStyle } from '../../stages/3-approvals/actions/approve-style.ts'
import { CLOSINGS } from '../../stages/3-approvals/model.ts'
import type { Line } from '../line.ts'
import { actionCommand, LIMIT, me } from './action-command.ts'
import type { Using } from './program.ts'

const styleOf = async ({ designs }: Line, id: string) => (await designs.getStyle(me, { id })).style

interface ApprovalTyped {
  style: string
  secondLook?: boolean
  closing?: string
  closingUnits?: number
}

/** `firstcut design`, `styles`, `approve`: from trends to what may be sold. */
export function designCommands(program: Command, using: Using, lang: Lang): void {
  actionCommand(program, using, requestDesigns, ({ designs }) => designs.requestDesigns, {
    name: 'design',
    does: 'ask for designs from trends, and wait for them',
    options: {
      trendIds: new Option('--trend <id...>', 'ids from "firstcut trends"').makeOptionMandatory(),
      count: new Option('--count <n>', 'how many').default('8'),
      seed: new Option('--seed <n>', 'the same seed makes the same designs'),
    },
    read: ({ trendIds, count, seed }: { trendIds: string[]; count: string; seed?: string }) => ({
      trendIds,
      count: Number(count),
      ...(seed ? { seed: Number(seed) } : {}),
    }),
    settles: true,
    as: ({ id }, _typed, { designs }) => designs.getRun(me, { id }),
  })
  actionCommand(program, using, listPreferences, ({ designs }) => designs.listPreferences, {
    name: 'preferences',
    does: 'how far approvals, rejections and sales move the next designs',
    rows: ({ items }) =>
      items.map(({ key, label, pro, contra, factor }) => [key, label[lang], `+${pro} −${contra}`, `×${factor}`]),
  })
  actionCommand(program, using, listStyles, ({ designs }) => designs.listStyles, {
    name: 'styles',
    does: 'styles, newest first',
    options: { state: new Option('--state <state>', 'proposed, approved, rejected') },
    read: (typed: object) => ({ ...typed, limit: LIMIT }),
    rows: ({ items }) =>
      items.map((each) => [
        each.style.number,
        each.style.state,
        `v${each.style.version}`,
        each.version.spec.names[lang],
        each.style.id,
      ]),
  })
  actionCommand(program, using, approveStyle, ({ approvals }) => approvals.approve, {
    name: 'approve <style>',
    does: 'approve a style as it stands; its campaign opens',
    options: {
      secondLook: 'a gate asked for a second look, and it was given',
      closing: new Option('--closing <when>', 'when its first lot goes').choices(CLOSINGS),
      closingUnits: new Option('--closing-units <units>', 'the rung at which it goes').argParser(Number),
    },
    async read({ style: id, secondLook = false, closing, closingUnits }: ApprovalTyped, line) {
      const { version } = await styleOf(line, id)
      const campaign = {
        ...(closing === undefined ? {} : { closing }),
        ...(closingUnits === undefined ? {} : { closingUnits }),
      }
      return { id, version, secondLook, ...(Object.keys(campaign).length ? { campaign } : {}) }
    },
    settles: true,
    as: (_done, { style }: { style: string }, line) => styleOf(line, style),
  })
}
