import type { ComponentChildren } from 'preact'
import { may, type Scope } from '../../core/actor.ts'
import { PRIVACY_PATH } from '../../core/notice.ts'
import type { Localized } from '../../core/values.ts'
import { assetPath } from './assets.ts'
import type { SharedPicture } from './parts.tsx'
import { say, type View } from './view.ts'

export interface LayoutProps {
  view: View
  title: string
  children: ComponentChildren
  /** Which of the three faces: decides the navigation. */
  face?: 'shop' | 'console' | 'factory' | 'plain'
  /** Look again by itself after so many seconds (where there is no script; the script refreshes parts instead). */
  refreshSeconds?: number | undefined
  /** For search engines and link previews. */
  description?: string
  /** Picture of a link's preview, with the address this installation is reached at: crawlers take no relative ones. */
  shared?: { baseUrl: string; picture: SharedPicture } | undefined
}

interface Place {
  href: string
  label: Localized
  scope: Scope
}

const PLACES: readonly { group: Localized; places: readonly Place[] }[] = [
  {
    group: { zh: '产线', en: 'The line' },
    places: [
      { href: '/console', label: { zh: '总览', en: 'Overview' }, scope: 'read' },
      { href: '/console/trends', label: { zh: '趋势', en: 'Trends' }, scope: 'read' },
      { href: '/console/styles', label: { zh: '款式', en: 'Styles' }, scope: 'read' },
      { href: '/console/campaigns', label: { zh: '预售', en: 'Campaigns' }, scope: 'read' },
      { href: '/console/inquiries', label: { zh: '咨询', en: 'Questions' }, scope: 'read' },
      { href: '/console/orders', label: { zh: '生产单', en: 'Production orders' }, scope: 'read' },
      { href: '/console/returns', label: { zh: '退换', en: 'Returns' }, scope: 'read' },
      { href: '/console/reorders', label: { zh: '返单', en: 'Reorders' }, scope: 'read' },
    ],
  },
  {
    group: { zh: '资料', en: 'Library' },
    places: [
      { href: '/console/sources', label: { zh: '来源', en: 'Sources' }, scope: 'read' },
      { href: '/console/factories', label: { zh: '工厂', en: 'Factories' }, scope: 'read' },
      { href: '/console/partners', label: { zh: '合作方', en: 'Partners' }, scope: 'read' },
      { href: '/console/materials', label: { zh: '物料', en: 'Materials' }, scope: 'read' },
    ],
  },
  {
    group: { zh: '系统', en: 'System' },
    places: [
      { href: '/console/house', label: { zh: '规则', en: 'House rules' }, scope: 'house' },
      { href: '/console/sale-terms', label: { zh: '预售条款', en: 'Terms of sale' }, scope: 'house' },
      { href: '/console/accounts', label: { zh: '账号与密钥', en: 'Accounts and keys' }, scope: 'accounts' },
      { href: '/console/security', label: { zh: '安全日志', en: 'Security log' }, scope: 'security' },
      { href: '/console/events', label: { zh: '事件', en: 'Events' }, scope: 'read' },
      { href: '/console/deliveries', label: { zh: '待处理', en: 'Parked work' }, scope: 'system' },
      { href: '/console/mail', label: { zh: '信件', en: 'Letters' }, scope: 'system' },
      { href: '/console/people', label: { zh: '个人数据', en: 'Data of people' }, scope: 'system' },
      { href: '/console/backups', label: { zh: '备份', en: 'Backups' }, scope: 'system' },
    ],
  },
]

const isHere = (path: string, href: string) =>
  href === '/console' ? path === '/console' : path === href || path.startsWith(`${href}/`)

function ConsoleNav({ view }: { view: View }) {
  return (
    <nav class="side" aria-label={say(view, { zh: '工作台', en: 'Console' })}>
      {PLACES.map(({ group, places }) => {
        const open = places.filter(({ scope }) => may(view.actor, scope))
        return open.length ? (
          <div class="side-group">
            <p class="side-title">{say(view, group)}</p>
            <ul>
              {open.map(({ href, label }) => (
                <li>
                  <a href={href} {...(isHere(view.path, href) ? { 'aria-current': 'page' as const } : {})}>
                    {say(view, label)}
                  </a>
                </li>
              ))}
            </ul>
          </div>
        ) : null
      })}
    </nav>
  )
}

/** Where to come back to after the language was changed: the page itself, or the start page after a form. */
function LanguageSwitch({ view }: { view: View }) {
  const other = view.lang === 'zh' ? 'en' : 'zh'
  return (
    <form class="lang" method="post" action="/language">
      <input type="hidden" name="lang" value={other} />
      <input type="hidden" name="next" value={view.url} />
      <button type="submit" lang={other === 'zh' ? 'zh-CN' : 'en'}>
        {other === 'zh' ? '中文' : 'English'}
      </button>
    </form>
  )
}

function Who({ view }: { view: View }) {
  if (view.actor.kind !== 'user')
    return (
      <a href="/sign-in" class="quiet">
        {say(view, { zh: '登录', en: 'Sign in' })}
      </a>
    )
  return (
    <form class="who" method="post" action="/sign-out">
      <a class="who-name" href="/account">
        {view.actor.name}
      </a>
      <button type="submit">{say(view, { zh: '退出', en: 'Sign out' })}</button>
    </form>
  )
}

export const Wordmark = () => (
  <span class="wordmark">
    <span lang="zh-CN">首裁</span> <span lang="en">Firstcut</span>
  </span>
)

export function Layout({ view, title, children, face = 'plain', refreshSeconds, description, shared }: LayoutProps) {
  const faces = [
    { href: '/shop', label: { zh: '预售商城', en: 'Shop' }, here: view.path.startsWith('/shop') },
    ...(may(view.actor, 'read')
      ? [{ href: '/console', label: { zh: '工作台', en: 'Console' }, here: view.path.startsWith('/console') }]
      : []),
    { href: '/docs', label: { zh: '接口文档', en: 'API' }, here: view.path.startsWith('/docs') },
  ]
  return (
    <html lang={view.lang === 'zh' ? 'zh-CN' : 'en'}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="theme-color" content="#fbfaf6" />
        <title>{`${title} · ${view.house ? say(view, view.house) : 'Firstcut'}`}</title>
        {description ? <meta name="description" content={description} /> : null}
        {shared ? (
          <>
            <meta property="og:type" content="product" />
            <meta property="og:title" content={title} />
            {description ? <meta property="og:description" content={description} /> : null}
            <meta property="og:url" content={`${shared.baseUrl}${view.path}`} />
            <meta property="og:image" content={`${shared.baseUrl}${shared.picture.path}`} />
            <meta property="og:image:width" content={String(shared.picture.width)} />
            <meta property="og:image:height" content={String(shared.picture.height)} />
            <meta property="og:image:alt" content={title} />
            <meta name="twitter:card" content="summary_large_image" />
          </>
        ) : null}
        {refreshSeconds ? (
          <noscript>
            <meta http-equiv="refresh" content={String(refreshSeconds)} />
          </noscript>
        ) : null}
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href={assetPath('firstcut.css')} />
        <script src={assetPath('firstcut.js')} type="module"></script>
      </head>
      <body class={`face-${face}`}>
        <a class="skip" href="#main">
          {say(view, { zh: '跳到正文', en: 'Skip to the content' })}
        </a>
        <header class="top">
          <a class="home" href="/">
            <Wordmark />
          </a>
          {face === 'factory' ? null : (
            <nav class="faces" aria-label={say(view, { zh: '主导航', en: 'Main' })}>
              {faces.map(({ href, label, here }) => (
                <a href={href} {...(here ? { 'aria-current': 'page' as const } : {})}>
                  {say(view, label)}
                </a>
              ))}
            </nav>
          )}
          <div class="top-end">
            <LanguageSwitch view={view} />
            {face === 'factory' ? null : <Who view={view} />}
          </div>
        </header>
        {face === 'console' ? (
          <div class="desk">
            <ConsoleNav view={view} />
            <main id="main" {...(refreshSeconds ? { 'data-refresh': String(refreshSeconds) } : {})}>
              {children}
            </main>
          </div>
        ) : (
          <main id="main" {...(refreshSeconds ? { 'data-refresh': String(refreshSeconds) } : {})}>
            {children}
          </main>
        )}
        <footer class="foot">
          <p>
            {say(view, {
              zh: '先有订单，再下第一剪。图片均为设计稿，由 AI 生成，实物按同一组参数生产。',
              en: 'Nothing is cut until it is sold. Pictures show designs, made with AI; garments are made from the same parameters.',
            })}
          </p>
          {face === 'factory' ? null : (
            <p>
              <a href={PRIVACY_PATH}>{say(view, { zh: '隐私说明', en: 'Privacy' })}</a>
            </p>
          )}
        </footer>
      </body>
    </html>
  )
}
