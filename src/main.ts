#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8'

/**
 * Loading a program makes much that is soon thrown away. The heap's young part would double for it, again and again, and
 * keep that memory for good: it stays small until there is something to serve, and grows for that as it always does.
 */
const youngGrowsBy = (factor: number): void => setFlagsFromString(`--semi-space-growth-factor=${factor}`)

youngGrowsBy(1)
const { run } = await import('./run.ts')
await run(() => youngGrowsBy(2))
