import type { ComponentChildren } from 'preact'
import type { View } from './view.ts'

export interface LayoutProps {
  view: View
  title: string
  children: ComponentChildren
}

export function Layout({ view, title, children }: LayoutProps) {
  return (
    <html lang={view.lang === 'zh' ? 'zh-CN' : 'en'}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${title} · Firstcut`}</title>
        <link rel="stylesheet" href="/assets/firstcut.css" />
      </head>
      <body>
        <main>{children}</main>
      </body>
    </html>
  )
}
