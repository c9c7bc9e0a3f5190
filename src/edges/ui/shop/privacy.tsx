/** What is kept of a buyer: in the house's own words, or in ours, which say what the program does. */
import type { Localized } from '../../../core/values.ts'
import { Layout } from '../layout.tsx'
import { Heading } from '../parts.tsx'
import { count, say, type View } from '../view.ts'

export interface PrivacyPageProps {
  view: View
  /** The house's own words in this language; empty: ours. */
  own: string
  /** How the house wants to be written to; empty: by the form on a style's page. */
  contact: string
  /** Days after which what ended loses its names; 0 = only when somebody asks. */
  retentionDays: number
  /** Letters are kept on the machine after they were sent: there is no mail server. */
  keepsLetters: boolean
}

interface Part {
  title: Localized
  paragraphs: readonly Localized[]
}

/** Why anything of a buyer is there at all. */
const whatIsKept = (keepsLetters: boolean): readonly Localized[] => [
  {
    zh: '预订：姓名或店名、邮箱、语言、所选尺码和配色的件数、当时看到的价格和时间。用于请您确认、计入起做量、通知进展、履行每人上限。',
    en: 'A pre-order: your name or your shop’s, your e-mail, your language, how many of which size and colour, the price you were shown, and when. It is needed to have you confirm, to count towards the threshold, to tell you how it goes on and to hold the cap per buyer.',
  },
  {
    zh: '通过合作方链接预订的，会记下是哪一家，用于与其结算；合作方只看到件数和状态，看不到您是谁。拼单页只显示最近加入者姓名的一个字或首字母。',
    en: 'Where you came by a partner’s link, which one it was, to settle with that partner; it sees pieces and states, and nothing of who you are. The page of a pool shows one sign or the first letters of the names of those who joined last.',
  },
  {
    zh: '收货信息（您填写了才有）：电话、地址、公司名称和税号。加密保存，只用于发货和清关；您可以在预订页面随时修改。',
    en: 'Where to send it, if you said so: telephone, address, company and tax number. It is kept encrypted, used only to send it and for customs, and yours to change on the page of your pre-order.',
  },
  {
    zh: '咨询：邮箱、问题和答复。公开的问答只显示问题和答复，不显示您的邮箱。',
    en: 'A question: your e-mail, what you asked, and the answer. Where it is shown in the shop, your e-mail is not.',
  },
  keepsLetters
    ? {
        zh: '邮件：寄给谁、何时寄出。内容寄出前加密保存，寄出后从数据库清除，副本留在本机的邮件文件夹中。',
        en: 'Letters: to whom and when. Their words wait sealed, are cleared from the database once sent, and a copy stays in a folder of this machine.',
      }
    : {
        zh: '邮件：寄给谁、何时寄出。内容寄出前加密保存，寄出后即清除。',
        en: 'Letters: to whom and when. Their words wait sealed and are cleared once sent.',
      },
  {
    zh: '浏览量只按款式计数，不记录是谁。为防止滥用，网络地址只以校验值保存，最多一天；预订所在网段和收货地址的校验值保存 14 天，用于识别同一人冒充多人，无法还原出地址。买家无需 Cookie；只有切换语言或登录工作台时才会设置一个。',
    en: 'Views are counted for a style, not for persons. Against abuse, network addresses are kept as check values only, for a day at most; check values of the neighbourhood a pre-order came from and of its shipping address for 14 days, to see one person who plays many. No address can be read from them. Buyers need no cookie: one is set when you change the language or sign in to the console.',
  },
]

function partsOf(view: View, { contact, retentionDays, keepsLetters }: PrivacyPageProps): readonly Part[] {
  const days = count(view, retentionDays)
  return [
    { title: { zh: '保存什么，为什么', en: 'What is kept, and why' }, paragraphs: whatIsKept(keepsLetters) },
    {
      title: { zh: '保存多久', en: 'For how long' },
      paragraphs: [
        retentionDays
          ? {
              zh: `预订结束（签收、取消或未达起做量）、咨询答复或邮件寄出 ${days} 天后，姓名、邮箱和收货信息自动删除，只留下件数。`,
              en: `${days} days after a pre-order has ended (received, cancelled, or not made), a question was answered or a letter was sent, name, e-mail, telephone and address are erased by themselves. How many pieces were ordered stays.`,
            }
          : {
              zh: '没有设定自动删除的期限：在您要求删除之前一直保存。',
              en: 'No day is set on which it is erased by itself: it is kept until you ask for it to be erased.',
            },
        {
          zh: '备份中仍含此前的数据，直到备份被删除；从备份恢复后，已要求删除的会再次删除。',
          en: 'Backups hold earlier data until they are removed; where one is put back, what was asked to be erased is erased again.',
        },
      ],
    },
    {
      title: { zh: '谁会得到', en: 'Who gets it' },
      paragraphs: [
        {
          zh: '工厂的生产单只有各尺码和配色的总件数，没有买家信息；只有当工厂直接把您的包裹寄给您时，才会得到姓名、电话和地址用于寄送。语言模型和图像模型也不会得到。',
          en: 'An order to a factory names how many of each size and colour, and nothing about any buyer. Only a factory that sends your parcel to you itself gets your name, telephone and address, for that. Language and picture models get nothing.',
        },
        keepsLetters
          ? {
              zh: '本店有权限的工作人员和系统可以看到。除此之外不提供给任何人。',
              en: 'People and systems of this house that have the permission see it. Nobody else gets it.',
            }
          : {
              zh: '本店有权限的工作人员和系统可以看到。邮件经由邮件服务器寄出。除此之外不提供给任何人。',
              en: 'People and systems of this house that have the permission see it. Letters go out by a mail server. Nobody else gets it.',
            },
      ],
    },
    {
      title: { zh: '索取或删除', en: 'To get it, or have it erased' },
      paragraphs: [
        contact
          ? {
              zh: `请用相关的邮箱联系：${contact}。也可在任一款式页面用“我要咨询”提出。`,
              en: `Write from the e-mail it is about to: ${contact}. The form “Ask about this style” on any style’s page works too.`,
            }
          : {
              zh: '请在任一款式页面用“我要咨询”提出，并填写相关的邮箱，我们会答复到该邮箱。',
              en: 'Ask by the form “Ask about this style” on any style’s page, with the e-mail it is about; we answer to that address.',
            },
        {
          zh: '您会得到我们保存的全部内容。要求删除后，已结束的预订、咨询和邮件不再与您有关；仍在进行的预订须先取消（用邮件中的链接）或等到结束，届时自动删除，因为交付需要姓名和邮箱。',
          en: 'You get everything that is held. When it is erased, ended pre-orders, questions and letters are nobody’s. A pre-order that is under way must be cancelled first (by the link in its letter) or goes by itself when it ends: name and e-mail are needed to deliver it.',
        },
      ],
    },
  ]
}

export function PrivacyPage(props: PrivacyPageProps) {
  const { view, own } = props
  const title = say(view, { zh: '隐私说明', en: 'Privacy' })
  return (
    <Layout view={view} title={title} face="shop">
      <article class="reading stack">
        <Heading
          title={title}
          lead={say(view, {
            zh: '我们保存哪些信息、为什么、保存多久，以及如何索取或删除。',
            en: 'What is kept of you, why, for how long, and how to get it or have it erased.',
          })}
        />
        {own
          ? own.split(/\n\s*\n/).map((paragraph) => <p class="as-typed">{paragraph}</p>)
          : partsOf(view, props).map(({ title: head, paragraphs }) => (
              <section class="stack">
                <h2>{say(view, head)}</h2>
                {paragraphs.map((paragraph) => (
                  <p>{say(view, paragraph)}</p>
                ))}
              </section>
            ))}
      </article>
    </Layout>
  )
}
