/** What people see when a reaction of this stage has failed for good: a run that has ended. */
import type { Context, GivingUp } from '../context.ts'
import { planOf } from './run/run.ts'
import { runById, slotsMade, updateRun } from './store.ts'

export const givingUpOf = ({ clock, outbox }: Context): GivingUp => ({
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
