import { writeFile } from 'node:fs/promises'
import { Option, type Command } from 'commander'
import { formatMoney, type Lang } from '../../core/values.ts'
import { PARTNER_KINDS } from '../../stages/5-demand/partners/model.ts'
import { agreeTerms } from '../../stages/5-demand/actions/agree-terms.ts'
import { changePartner } from '../../stages/5-demand/actions/change-partner.ts'
import { createPartner } from '../../stages/5-demand/actions/create-partner.ts'
import { exportStatement } from '../../stages/5-demand/actions/export-statement.ts'
import { listPartners } from '../../stages/5-demand/actions/list-partners.ts'
import { rollPartnerKey } from '../../stages/5-demand/actions/roll-partner-key.ts'
import { showStatement } from '../../stages/5-demand/actions/show-statement.ts'
import type { Line } from '../line.ts'
import { actionCommand, LIMIT } from './action-command.ts'
import { words } from './messages.ts'
import type { Using } from './program.ts'

type Partner = Awaited<ReturnType<Line['demand']['partner']>>

const rowOf = (
  { id, code, kind, name, commission, trusted, stoppedAt, agreements }: Partner,
  lang: Lang,
): unknown[] => [
  id,
  code,
  kind,
  stoppedAt ? words.say(lang, 'partners.stopped') : words.say(lang, 'partners.sells'),
  `${commission} %`,
  words.say(lang, 'partners.agreements', { n: agreements.length }),
  trusted ? words.say(lang, 'partners.trusted') : '',
  name,
]

/** `firstcut partners`: shops that sell in our pools. */
export function partnerCommands(program: Command, using: Using, lang: Lang): void {
  const partners = program.command('partners').description('shops that sell in our pools, by link or by key')
  const kind = () => new Option('--kind <kind>').choices([...PARTNER_KINDS])
  actionCommand(partners, using, listPartners, ({ demand }) => demand.listPartners, {
    name: 'list',
    isDefault: true,
    does: 'who they are, with the code of their links',
    read: () => ({ limit: LIMIT }),
    rows: (done) => done.map((each) => rowOf(each, lang)),
  })
  actionCommand(partners, using, createPartner, ({ demand }) => demand.createPartner, {
    name: 'add <name>',
    does: 'make a partner; its key is printed once',
    options: {
      kind: kind().makeOptionMandatory(),
      contactEmail: new Option('--email <email>', 'of the person there').makeOptionMandatory(),
      contactName: new Option('--contact <name>', 'the person there'),
      commission: 'percent of the price',
      trusted: 'vouches for its buyers where a campaign is verified by whom the house trusts',
    },
    rows: ({ partner, key }) => [[...rowOf(partner, lang), key]],
  })
  actionCommand(partners, using, changePartner, ({ demand }) => demand.changePartner, {
    name: 'change <id>',
    does: 'what is said of it; a new commission holds for what is ordered from now on',
    read: (typed: object) => typed,
    options: {
      name: new Option('--name <name>'),
      kind: kind(),
      contactEmail: new Option('--email <email>'),
      contactName: new Option('--contact <name>'),
      commission: new Option('--commission <percent>').argParser(Number),
    },
    rows: (done) => [rowOf(done, lang)],
  })
  for (const [name, stopped, does] of [
    ['stop <id>', true, 'neither its key nor its links bring anything any more; what it sold stays'],
    ['resume <id>', false, 'it sells again'],
  ] as const)
    actionCommand(partners, using, changePartner, ({ demand }) => demand.changePartner, {
      name,
      does,
      read: (typed: object) => ({ ...typed, stopped }),
      rows: (done) => [rowOf(done, lang)],
    })
  actionCommand(partners, using, rollPartnerKey, ({ demand }) => demand.rollPartnerKey, {
    name: 'roll-key <id>',
    does: 'a new key, printed once; the old one stops at once',
    rows: ({ partner, key }) => [[...rowOf(partner, lang), key]],
  })
  actionCommand(partners, using, agreeTerms, ({ demand }) => demand.agreeTerms, {
    name: 'terms <id> <campaignId>',
    does: 'a commission or a price of its own in one campaign; with neither, what it gets everywhere',
    options: {
      commission: new Option('--commission <percent>').argParser(Number),
      price: new Option('--price <minor>', 'in minor units of the currency').argParser(Number),
    },
    rows: (done) => [rowOf(done, lang)],
  })
  actionCommand(partners, using, showStatement, ({ demand }) => demand.statement, {
    name: 'statement <id>',
    does: 'what it sold and earns by it',
    rows: ({ rows }) =>
      rows.map(({ style, lot, orders, pieces, currency, ...row }) => [
        style,
        lot,
        orders,
        pieces.confirmed,
        pieces.inLot,
        pieces.fulfilled,
        row.share === null ? undefined : formatMoney(row.share, currency, lang),
        formatMoney(row.expected, currency, lang),
        formatMoney(row.earned, currency, lang),
      ]),
  })
  actionCommand(partners, using, exportStatement, ({ demand }) => demand.exportStatement, {
    name: 'export <id> <file>',
    does: 'the statement as CSV',
    read: ({ id }: { id: string }) => ({ id, lang }),
    async as(csv, { file }: { file: string }) {
      await writeFile(file, `\uFEFF${csv}`, { mode: 0o600 })
      return { file }
    },
  })
}
