/**
 * Random numbers that repeat: mulberry32 (Tommy Ettinger, public domain), 32 bits of state, uniform in [0, 1). Seeds are
 * stored with what was made from them, so the sequence of a seed is for ever; nothing made with it is a secret.
 */
export function random(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
