/** What people see when a reaction of this stage has failed for good: on the order. */
import type { GivingUp } from '../context.ts'

const letters = (en: string, zh: string) => ({
  about: ({ orderId }: { orderId: string }) => `order:${orderId}` as const,
  says: { en: `Buyers could not be written to: ${en}.`, zh: `未能通知买家：${zh}。` },
})

export const givingUp: GivingUp = {
  'production.sweep-due': { unseen: 'the next window looks at the same orders' },
  'dispatch.accepted': letters('a factory has taken the order', '工厂已接单'),
  'dispatch.called-off': letters('the factory is out', '工厂已退出'),
  'dispatch.promise-moved': letters('the promised day has moved', '交期已变更'),
  'dispatch.given-up': letters('no factory was found, and they are let go', '未找到工厂，预订已释放'),
  'production.progressed': letters('the lot has left the factory or is at the warehouse', '本批已出厂或已到仓'),
}
