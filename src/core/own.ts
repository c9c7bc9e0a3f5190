/**
 * What a table of ours says under a key that came from outside; undefined for names that every object inherits
 * (`constructor`, `toString`, `__proto__`).
 */
export const own = <T>(table: Readonly<Partial<Record<string, T>>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined
