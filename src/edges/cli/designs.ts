import type { Command } from 'commander'
import { system } from '../../core/actor.ts'
import { parse } from '../../core/parse.ts'
import type { Lang } from '../../core/values.ts'
import { listSchema } from '../../stages/2-designs/model.ts'
import type { Using } from './program.ts'

const me = system('cli')
const LIMIT = 100

/** `firstcut design`, `styles`, `approve`: from trends to what may be sold. */
export function designCommands(program: Command, using: Using, lang: Lang): void {
  program
    .command('design')
    .description('ask for designs from trends, and wait for them')
    .requiredOption('--trend <id...>', 'ids from "firstcut trends"')
    .option('--count <n>', 'how many', '8')
    .option('--seed <n>', 'the same seed makes the same designs')
    .action((options: { trend: string[]; count: string; seed?: string }) =>
      using(async ({ designs }, settle) => {
        const { id } = await designs.requestDesigns(me, {
          trendIds: options.trend,
          count: Number(options.count),
          ...(options.seed ? { seed: Number(options.seed) } : {}),
        })
        await settle()
        return { json: await designs.getRun(me, { id }) }
      })(),
    )
  program
    .command('styles')
    .description('styles, newest first')
    .option('--state <state>', 'proposed, approved, rejected')
    .action((options: { state?: string }) =>
      using(async ({ designs }) => {
        const json = await designs.listStyles(me, parse(listSchema, { ...options, limit: LIMIT }))
        return {
          json,
          rows: json.items.map((each) => [
            each.style.number,
            each.style.state,
            `v${each.style.version}`,
            each.version.spec.names[lang],
            each.style.id,
          ]),
        }
      })(),
    )
  program
    .command('approve <style>')
    .description('approve a style as it stands; its campaign opens')
    .option('--second-look', 'a gate asked for a second look, and it was given')
    .action((style: string, options: { secondLook?: boolean }) =>
      using(async ({ designs, approvals }, settle) => {
        const { version } = (await designs.getStyle(me, { id: style })).style
        await approvals.approve(me, { id: style, version, secondLook: options.secondLook ?? false })
        await settle()
        return { json: (await designs.getStyle(me, { id: style })).style }
      })(),
    )
}
