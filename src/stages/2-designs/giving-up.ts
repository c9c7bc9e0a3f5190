/** What people see when a reaction of this stage has failed for good: a run that has ended. */
import type { GivingUp } from '../context.ts'
import type { WorkContext } from './run/work.ts'
import { planOf } from './run/run.ts'
import { runById, slotsMade, updateRun } from './store.ts'

const NOT_WEIGHED = {
  en: 'What was decided or sold of this style could not be weighed for the next designs. The decision itself stands.',
  zh: '该款式的决定或销售未能计入后续设计的参考，决定本身不受影响。',
}

export const givingUpOf = ({ clock, outbox, sales }: Pick<WorkContext, 'clock' | 'outbox' | 'sales'>): GivingUp => ({
  'trends.scored': {
    about: ({ week }) => `week:${week}`,
    says: {
      en: 'What this week’s trends ask for and the house cannot make was not counted. Score the week again.',
      zh: '该周趋势中做不了的服装与细节未能统计，请重新评分该周。',
    },
  },
  'approvals.approved': { about: ({ styleId }) => `style:${styleId}`, says: NOT_WEIGHED },
  'approvals.rejected': { about: ({ styleId }) => `style:${styleId}`, says: NOT_WEIGHED },
  'demand.lot-frozen': {
    about: async ({ lotId }) => {
      const sold = await sales.lot(lotId)
      return sold && `style:${sold.styleId}`
    },
    says: NOT_WEIGHED,
  },
  'demand.released': { about: ({ campaignId }) => `campaign:${campaignId}`, says: NOT_WEIGHED },
  'designs.sweep-due': { unseen: 'the next window looks for the same calls' },
  'designs.requested': {
    about: ({ runId }) => `run:${runId}`,
    says: {
      en: 'These designs could not be finished. What is there can be used; the rest can be asked for anew.',
      zh: '本次设计未能全部完成。已完成的款式可以使用，其余请重新发起。',
    },
    async ends(tx, { runId }, why) {
      const run = await runById(tx, runId)
      if (!run) return
      const now = clock.now()
      const done = (await slotsMade(tx, runId)).size
      // Tried again by an operator, it goes on where it ended.
      const brief = { ...planOf(run.brief), gaveUp: true }
      if (!(await updateRun(tx, runId, { state: 'failed', error: why, done, finishedAt: now, brief }))) return
      await outbox.emit(tx, { kind: 'system', name: 'designs' }, 'designs.run-finished', { runId }, now, {
        dedupeKey: `designs.run-finished:${runId}`,
      })
    },
  },
})
