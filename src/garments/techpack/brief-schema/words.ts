/** What members of a brief are made of: a kind of value, and its name in both languages. */
import { z } from 'zod'

export const named = <T extends z.ZodType>(schema: T, en: string, zh: string, description?: string): T =>
  schema.meta({ title: en, 'x-title-zh': zh, ...(description ? { description } : {}) })

export const text = () => z.string().regex(/\S/)
export const hash = () => z.string().regex(/^[0-9a-f]{64}$/)
export const both = () => z.object({ zh: named(text(), 'Chinese', '中文'), en: named(text(), 'English', '英文') })
export const mm = () => z.number().positive()
export const price = () => z.int().positive()
export const count = () => z.int().positive()
export const hex = () => z.string().regex(/^#[0-9a-fA-F]{6}$/)
export const bySize = (value: z.ZodType<number>) => z.record(z.string(), value)
