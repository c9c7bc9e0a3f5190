/** A pool's thread whose modules take their time to load. */
import { answerTasks } from '../../src/core/pool-thread.ts'

Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1500)
answerTasks<{ answer: { input: void; output: string } }>({ answer: () => 'here' })
