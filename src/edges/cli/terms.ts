import { Option, type Command } from 'commander'
import { changeSaleTerms } from '../../stages/0-house/actions/change-sale-terms.ts'
import { listSaleTerms } from '../../stages/0-house/actions/list-sale-terms.ts'
import { actionCommand } from './action-command.ts'
import { readGiven } from './given-file.ts'
import type { Using } from './program.ts'

const text = async (file: string): Promise<string> => (await readGiven(file)).toString('utf8')

/** `firstcut terms`: what buyers accept when they order. */
export function termsCommands(program: Command, using: Using): void {
  const terms = program.command('terms').description('what buyers accept when they order')
  actionCommand(terms, using, listSaleTerms, ({ operations }) => operations.listSaleTerms, {
    name: 'list',
    isDefault: true,
    does: 'versions, newest first',
    rows: (done) => done.map(({ version, at, by, hash }) => [version, at.toISOString(), by, hash]),
  })
  actionCommand(terms, using, changeSaleTerms, ({ operations }) => operations.changeSaleTerms, {
    name: 'set',
    does: 'a new version, in both languages',
    options: {
      zh: new Option('--zh <file>', 'a text file in Chinese').makeOptionMandatory(),
      en: new Option('--en <file>', 'the same in English').makeOptionMandatory(),
    },
    read: async ({ zh, en }: { zh: string; en: string }) => ({ zh: await text(zh), en: await text(en) }),
    as: ({ version, hash }) => ({ version, hash }),
  })
}
