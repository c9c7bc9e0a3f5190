import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { termsOf as costTermsOf, type House, type HouseChange } from '../../../stages/0-house/house.ts'
import type { Line } from '../../line.ts'
import { HOUSE_NUMBERS, HousePage, TERMS_NUMBERS } from '../../ui/console/house.tsx'
import { NOTHING_SENT, type Sent } from '../../ui/parts.tsx'
import { attempt, field, formOf, given, goTo, numberIn, queryOf, sentBack, typed, type Form } from '../forms.ts'
import { pagesOf } from '../pages.ts'

const houseQuery = z.object({ done: z.string().optional() })

const numbers = (form: Form, settings: readonly { name: string; stored: number }[]) =>
  Object.fromEntries(
    settings.map(({ name, stored }) => {
      const typed = numberIn(form, name)
      return [name, typed === undefined || stored === 1 ? typed : Math.round(typed * stored)]
    }),
  )

function houseOf(form: Form) {
  return given({
    ...numbers(form, HOUSE_NUMBERS),
    nameZh: field(form, 'nameZh'),
    nameEn: field(form, 'nameEn'),
    timeZone: field(form, 'timeZone'),
    currency: field(form, 'currency'),
    verification: field(form, 'verification'),
    reorderPolicy: field(form, 'reorderPolicy'),
    designSeason: form['designSeason'] && (typed(form, 'designSeason') ?? null),
    ownMinutes: field(form, 'ownMinutes'),
    privacyZh: field(form, 'privacyZh'),
    privacyEn: field(form, 'privacyEn'),
    privacyContact: field(form, 'privacyContact'),
    designCategories: [...(form['designCategories'] ?? [])],
    designGenders: [...(form['designGenders'] ?? [])],
  })
}

/**
 * The form shows what the trade asks where the house says nothing, and saving it makes nothing of that the house's own: in
 * another currency the trade asks something else.
 */
function withoutUsual(change: ReturnType<typeof houseOf>, house: House) {
  const own: Readonly<Record<string, unknown>> = { ...house }
  const usual: Readonly<Record<string, unknown>> = { ...costTermsOf(house) }
  return Object.fromEntries(
    Object.entries(change).filter(
      ([name, value]) => own[name] !== undefined || (value !== null && value !== usual[name]),
    ),
  )
}

/** An address is all or nothing: left empty it is not sent at all, so that the gate can name what is missing. */
function termsOf(form: Form) {
  const part = (name: string) => typed(form, `shipTo.${name}`)
  const shipTo = given({
    name: part('name'),
    contact: part('contact'),
    phone: part('phone'),
    lines: part('lines')?.split(/\r?\n/),
    city: part('city'),
    region: part('region'),
    postalCode: part('postalCode'),
    country: part('country'),
  })
  return given({
    ...numbers(form, TERMS_NUMBERS),
    shipTo: Object.keys(shipTo).length ? shipTo : undefined,
    maker: typed(form, 'maker'),
    makerAddress: typed(form, 'makerAddress'),
    originZh: typed(form, 'originZh'),
    originEn: typed(form, 'originEn'),
  })
}

/** The house's rules, and its terms towards factories. */
export function registerHousePages(server: FastifyInstance, line: Line): void {
  const { operations, dispatch } = line
  const show = pagesOf(line)
  const config = { access: 'house' } as const

  const house = async (
    request: FastifyRequest,
    reply: FastifyReply,
    { sent = NOTHING_SENT, termsSent = NOTHING_SENT }: { sent?: Sent; termsSent?: Sent } = {},
  ) => {
    const [rules, unusable, terms] = await Promise.all([
      operations.house(),
      operations.unusableSettings(request.actor),
      dispatch.terms(request.actor),
    ])
    const status = sent.failure?.status ?? termsSent.failure?.status ?? 200
    const { done } = queryOf(request, houseQuery)
    return show(
      reply,
      () => <HousePage house={rules} unusable={unusable} terms={terms} sent={sent} termsSent={termsSent} done={done} />,
      { at: '/console/house', status },
    )
  }
  server.get('/console/house', { config }, (request, reply) => house(request, reply))
  server.post('/console/house', { config }, async (request, reply) => {
    const form = formOf(request)
    const change = withoutUsual(houseOf(form), await operations.house())
    const result = await attempt(() => operations.changeHouse(request.actor, change as HouseChange))
    if ('failure' in result) return house(request, reply, { sent: sentBack(form, result.failure) })
    return goTo(reply, '/console/house?done=house')
  })
  server.post('/console/terms', { config }, async (request, reply) => {
    const form = formOf(request)
    const result = await attempt(() => dispatch.changeTerms(request.actor, termsOf(form) as never))
    if ('failure' in result) return house(request, reply, { termsSent: sentBack(form, result.failure) })
    return goTo(reply, '/console/house?done=terms#terms')
  })
}
