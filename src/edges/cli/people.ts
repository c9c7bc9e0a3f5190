import type { Command } from 'commander'
import { system } from '../../core/actor.ts'
import type { Lang } from '../../core/values.ts'
import type { Using } from './program.ts'

const me = system('cli')

/** `firstcut people`: what is held on somebody, handed out or taken away. */
export function peopleCommands(program: Command, using: Using, lang: Lang): void {
  const people = program.command('people').description('what is held on a person')
  people
    .command('export <email>')
    .description('everything held on a person, as JSON')
    .action((email: string) => using(async (line) => ({ json: await line.people.export(me, { email }) }))())
  people
    .command('erase <email>')
    .description('make it nobody’s; what is under way stays, with its reason, and goes when it ends')
    .action((email: string) =>
      using(async (line) => {
        const json = await line.people.erase(me, { email })
        const { preorders, inquiries, letters, accounts } = json.erased
        const zh = lang === 'zh'
        return {
          json,
          rows: [
            [
              zh ? '已匿名化' : 'erased',
              zh
                ? `预订 ${preorders}，提问 ${inquiries}，邮件 ${letters}，账号 ${accounts}`
                : `${preorders} pre-orders, ${inquiries} inquiries, ${letters} letters, ${accounts} accounts`,
            ],
            ...json.kept.map(({ what, id, why }) => [zh ? '暂留' : 'stays', `${what} ${id}: ${why[lang]}`]),
          ],
        }
      })(),
    )
}
