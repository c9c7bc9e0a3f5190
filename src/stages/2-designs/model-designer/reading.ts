/**
 * Reading JSON that a model wrote: in fences, with prose around it, with trailing commas or comments, cut quotes in
 * full-width. Strict JSON is tried first; nothing is evaluated.
 */

const BOM = /^\uFEFF/

/** The first balanced `{…}` or `[…]`, strings respected. */
function balanced(text: string): string | undefined {
  const start = text.search(/[{[]/)
  if (start < 0) return undefined
  let depth = 0
  let inside = false
  for (let at = start; at < text.length; at++) {
    const char = text[at]
    if (inside) {
      if (char === '\\') at++
      else if (char === '"') inside = false
    } else if (char === '"') inside = true
    else if (char === '{' || char === '[') depth++
    else if ((char === '}' || char === ']') && --depth === 0) return text.slice(start, at + 1)
  }
  return undefined
}

/** Outside of strings: comments out, commas before a closing bracket out. */
function mended(json: string): string {
  let out = ''
  let inside = false
  for (let at = 0; at < json.length; at++) {
    const char = json[at] ?? ''
    if (inside) {
      out += char
      if (char === '\\') out += json[++at] ?? ''
      else if (char === '"') inside = false
      continue
    }
    if (char === '"') inside = true
    if (char === '/' && json[at + 1] === '/') {
      while (at < json.length && json[at] !== '\n') at++
      continue
    }
    if (char === '/' && json[at + 1] === '*') {
      at = json.indexOf('*/', at) < 0 ? json.length : json.indexOf('*/', at) + 1
      continue
    }
    if (char === ',' && /^\s*[}\]]/.test(json.slice(at + 1))) continue
    out += char
  }
  return out
}

const attempt = (text: string): { value: unknown } | undefined => {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return undefined
  }
}

/** The JSON value in a model's answer, or undefined when there is none. */
export function readJson(answer: string): { value: unknown } | undefined {
  const text = answer.replace(BOM, '').trim()
  const strict = attempt(text)
  if (strict) return strict
  const candidates = [...text.matchAll(/```(?:json|JSON)?\s*\n?([\s\S]*?)```/g)].map((match) => match[1] ?? '')
  // A "thinking" model may put an outline in braces before its answer: the longest candidate is the answer.
  for (const candidate of [...candidates.sort((a, b) => b.length - a.length), text]) {
    const found = balanced(candidate)
    if (found === undefined) continue
    const read = attempt(found) ?? attempt(mended(found))
    if (read) return read
  }
  return undefined
}
