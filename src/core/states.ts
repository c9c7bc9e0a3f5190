import { problem } from './errors.ts'

/** A life as data: for each state, the states that may follow it. A state nothing follows is final. */
export type Transitions<S extends string> = Readonly<Record<S, readonly S[]>>

/** A life told state by state. */
export const lifeOf = <S extends string>(states: readonly S[], next: (state: S) => readonly S[]): Transitions<S> =>
  Object.fromEntries(states.map((state) => [state, next(state)])) as Transitions<S>

export const canMove = <S extends string>(table: Transitions<S>, from: S, to: S): boolean => table[from].includes(to)
export const isFinal = <S extends string>(table: Transitions<S>, state: S): boolean => table[state].length === 0

/** @throws Problem 409 naming the state it is in and the states it could go to. */
export function assertMove<S extends string>(table: Transitions<S>, from: S, to: S): void {
  if (canMove(table, from, to)) return
  const next = table[from].length ? table[from].join(', ') : '–'
  throw problem(
    'states.refused',
    409,
    {
      en: `From "${from}" it cannot become "${to}". What can follow: ${next}.`,
      zh: `当前状态“${from}”不能变为“${to}”。可以变为：${next}。`,
    },
    { details: { from, to, allowed: table[from] } },
  )
}
