/** A form that is an action of a stage: its fields take their bounds from the action's schema. */
import { createContext, type ComponentChildren } from 'preact'
import { useContext } from 'preact/hooks'
import { z } from 'zod'
import { fieldIn, labelOf } from '../../core/parse.ts'
import { useView } from './context.tsx'
import { Field, NOTHING_SENT, Refusal, type FieldProps, type Sent } from './parts.tsx'

const FormContext = createContext<{ sent: Sent; schema: z.ZodObject | undefined }>({
  sent: NOTHING_SENT,
  schema: undefined,
})

/** @param of what is sent, so that each field knows its bounds; @param sent what came back, where it was refused */
export function Form({
  action,
  of,
  sent = NOTHING_SENT,
  class: style = 'form',
  children,
}: {
  action: string
  of?: z.ZodObject
  sent?: Sent
  class?: string
  children: ComponentChildren
}) {
  const view = useView()
  const at = sent.failure?.extra.field
  return (
    <FormContext.Provider value={{ sent, schema: of }}>
      {/* What is said beside its field is not said above the form too. */}
      <Refusal view={view} sent={sent} fields={at !== undefined && fieldIn(of, at) ? [at] : []} />
      <form class={style} method="post" action={action}>
        {children}
      </form>
    </FormContext.Provider>
  )
}

interface Bounds {
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  type?: string
  format?: string
}

/** What a browser may check already: the schema's own bounds, in the words HTML has for them. */
export function boundsOf(schema: z.ZodObject | undefined, name: string): Partial<FieldProps> {
  const field = fieldIn(schema, name)
  if (!field) return {}
  const json = z.toJSONSchema(field, { io: 'input', unrepresentable: 'any' }) as Bounds
  const { minLength, maxLength, minimum, maximum, type, format } = json
  const number = type === 'integer' || type === 'number'
  return {
    required: !field.safeParse(undefined).success,
    ...(number ? { type: 'number', step: type === 'integer' ? 1 : 'any' } : {}),
    ...(format === 'email' ? { type: 'email' } : {}),
    ...(format === 'uri' ? { type: 'url' } : {}),
    ...(minLength && minLength > 1 ? { minLength } : {}),
    ...(maxLength === undefined ? {} : { maxLength }),
    // zod writes the safe integers where no bound was set; a browser has no use for them.
    ...(minimum === undefined || minimum <= Number.MIN_SAFE_INTEGER ? {} : { min: minimum }),
    ...(maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER ? {} : { max: maximum }),
  }
}

/** A field of the form around it: label, bounds and refusal come from the schema unless the page says otherwise. */
export function Input({
  name,
  label,
  ...rest
}: { name: string } & Partial<Omit<FieldProps, 'view' | 'sent' | 'name'>>) {
  const view = useView()
  const { sent, schema } = useContext(FormContext)
  const words = label ?? labelOf(schema, name)
  if (!words) throw new Error(`"${name}" has no label: give it one in its schema`)
  return <Field view={view} sent={sent} name={name} label={words} {...boundsOf(schema, name)} {...rest} />
}
