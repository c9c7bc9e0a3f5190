import { action } from '../../action.ts'
import { anObject, noInput } from '../model.ts'
import { countLine, type OperationsContext } from '../operations.ts'

/** How much is where on the line. */
export const showCounts = action({
  name: 'operations.counts',
  scope: 'line:read',
  input: noInput,
  output: anObject,
  run: (context: OperationsContext) => countLine(context),
})
