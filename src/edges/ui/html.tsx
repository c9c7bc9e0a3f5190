import type { VNode } from 'preact'
import { jsxTemplate } from 'preact/jsx-runtime'

/** HTML that the renderer made before, as a part of a page: it goes out as it is, so only the renderer's own may come in. */
export const Html = ({ of }: { of: string }): VNode => jsxTemplate([of])
