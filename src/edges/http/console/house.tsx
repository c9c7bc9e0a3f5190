import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { termsOf as costTermsOf, type House } from '../../../stages/0-house/house.ts'
import type { Line } from '../../line.ts'
import { HOUSE_NUMBERS, HousePage, TERMS_NUMBERS } from '../../ui/console/house.tsx'
import { NOTHING_SENT, type Sent } from '../../ui/parts.tsx'
import { formRoute } from '../form-route.ts'
import { field, given, numberIn, queryOf, typed, type Form } from '../forms.ts'
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
    rungs: typed(form, 'rungs')
      ?.split(/[\s,，、;；]+/)
      .filter(Boolean)
      .map(Number),
    pricing: typed(form, 'pricing'),
    closing: typed(form, 'closing'),
    reorderPolicy: field(form, 'reorderPolicy'),
    designSeason: form['designSeason'] && (typed(form, 'designSeason') ?? null),
    ownMinutes: field(form, 'ownMinutes'),
    colourCodes: field(form, 'colourCodes'),
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
  formRoute(server, operations.changeHouse, {
    path: '/console/house',
    read: async (form) => withoutUsual(houseOf(form), await operations.house()),
    after: '/console/house?done=house',
    again: (request, reply, sent) => house(request, reply, { sent }),
  })
  formRoute(server, dispatch.changeTerms, {
    path: '/console/terms',
    read: termsOf,
    after: '/console/house?done=terms#terms',
    again: (request, reply, termsSent) => house(request, reply, { termsSent }),
  })
}
