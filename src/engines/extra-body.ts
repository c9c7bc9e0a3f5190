/** Members that the operator, or an endpoint itself, wants in a request beside the standard ones. */
export type Extra = Readonly<Record<string, unknown>>

export const isMembers = (value: unknown): value is Extra =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Members side by side; those of one name inside each other, as `chat_template_kwargs` are. A null takes one out. */
export function withExtra(body: Extra, extra: Extra): Record<string, unknown> {
  const out: Record<string, unknown> = { ...body }
  for (const [name, value] of Object.entries(extra)) {
    const there = out[name]
    if (value === null) delete out[name]
    else if (isMembers(there) && isMembers(value)) out[name] = withExtra(there, value)
    else out[name] = value
  }
  return out
}
