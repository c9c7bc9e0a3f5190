/** Where an action is asked for by machines: its address, and what of its input or answer is said otherwise there. */
import { z } from 'zod'
import type { Actor } from '../../core/actor.ts'
import { own } from '../../core/own.ts'
import type { Localized } from '../../core/values.ts'
import type { Action } from '../../stages/action.ts'
import type { Access } from './access.ts'
import type { Call } from './endpoints.ts'

/** An action as the line hands it out; its answer is read by the schema, so its type does not matter here. */
export type AnyAsked<R = unknown> = ((actor: Actor, input: never) => Promise<R>) & {
  readonly action: Pick<Action, 'name' | 'scope' | 'input' | 'output'>
}

type Given = Readonly<Record<string, unknown>>
/** One call, before the action has read what was sent. */
export type Asking = Call<Given, Given, Given>

export interface Place {
  path: string
  tag: string
  summary: Localized
  /** Where the action itself decides who may ask it. */
  access?: Access
  /** What the address calls otherwise than the action: `{ factory: 'factoryId' }`. */
  names?: Readonly<Record<string, string>>
  /** Fields that are asked for here otherwise than by the action: needed where it could do without. */
  fields?: z.core.$ZodShape
  /** What the place itself knows, so that nobody is asked for it. */
  always?: Readonly<Record<string, (asking: Asking) => unknown>>
}

/** @throws Error at start for an action open to anyone whose route does not say who may call it */
export const accessOf = ({ action }: AnyAsked, { access, path }: Place): Access => {
  if (access) return access
  if (action.scope === 'anyone') throw new Error(`${path}: "${action.name}" is open to anyone; say who may call it`)
  return action.scope
}

/** What is asked for: `params` stands in the address by name, `rest` comes in the body or the query. */
export function asksFor({ action }: AnyAsked, { path, names = {}, fields = {}, always = {} }: Place) {
  const outside = new Map(Object.entries(names).map(([out, own]) => [own, out]))
  const asked = Object.entries(action.input.shape).filter(([name]) => !Object.hasOwn(always, name))
  const shape = { ...Object.fromEntries(asked.map(([name, field]) => [outside.get(name) ?? name, field])), ...fields }
  const named = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name)
  const pick = (names: readonly string[]) =>
    Object.fromEntries(names.flatMap((name) => (shape[name] ? [[name, shape[name]] as const] : [])))
  return { params: pick(named), rest: pick(Object.keys(shape).filter((name) => !named.includes(name))) }
}

/** Ask the action with all that was sent, under the names it knows; what the address says is what it is about. */
export function ask<R>(asked: AnyAsked<R>, { names = {}, always = {} }: Place, asking: Asking): Promise<R> {
  const sent = { ...asking.query, ...asking.body, ...asking.params }
  const input = Object.entries(sent).map(([name, value]) => [own(names, name) ?? name, value] as const)
  const known = Object.entries(always).map(([name, of]) => [name, of(asking)] as const)
  return asked(asking.actor, Object.fromEntries([...input, ...known]) as never)
}

/** An address is text: its numbers are read from it. */
export const fromText = (shape: z.core.$ZodShape): z.core.$ZodShape =>
  Object.fromEntries(Object.entries(shape).map(([name, field]) => [name, numberFromText(field)]))

function numberFromText(field: z.core.$ZodType): z.core.$ZodType {
  if (field instanceof z.ZodOptional || field instanceof z.ZodDefault) {
    const inner = field.unwrap()
    const read = numberFromText(inner)
    return read === inner ? field : field.clone({ ...field.def, innerType: read } as never)
  }
  return field instanceof z.ZodNumber ? field.clone({ ...field.def, coerce: true }) : field
}
