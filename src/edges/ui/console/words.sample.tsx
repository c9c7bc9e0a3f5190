import type { Word } from '../../../stages/1-trends/words.ts'
import type { Samples } from '../sample.ts'
import { WordPage, WordsPage } from './words.tsx'

export const samples: Samples = ({ at, text, both, sent, now }) => {
  const word: Word = {
    id: 'w1',
    word: text('报童夹克'),
    origin: 'titles',
    state: 'new',
    meaning: null,
    into: null,
    burst: 0.6,
    confidence: 0.42,
    lift: null,
    rise: null,
    week: '2026-11-09',
    firstWeek: '2026-11-02',
    evidence: {
      series: Array.from({ length: 52 }, (_, i) => ({ week: '2026-01-05', value: i > 48 ? i - 47 : 0 })),
      measure: 'counts',
      items: [{ title: text('报童夹克火了'), url: 'https://a.example/1', day: '2026-11-10', source: text('热搜') }],
      beside: [{ term: 'wide-leg-trousers', label: both('阔腿裤', 'wide-leg trousers'), times: 2 }],
      inside: [{ term: 'jacket', label: both('外套', 'jacket') }],
      aliases: [text('报童款夹克')],
      sources: [text('热搜')],
      counts: { recent: 4.7, expected: 0.2, stories: 6, days: 6 },
    },
    version: 1,
    updatedAt: now,
  }
  const column: Word = { ...word, id: 'w2', word: text('zorilla'), origin: 'column', burst: null, rise: 0.4 }
  const merged: Word = { ...word, id: 'w3', state: 'merged', into: 'jacket' }
  const counts = { new: 2, accepted: 1, merged: 1, dismissed: 0 }
  const decisions = [
    { id: 'd1', act: 'merged' as const, by: text('user:1'), reason: text('同一件衣服'), at: now },
    { id: 'd2', act: 'undone' as const, by: 'user:1', reason: null, at: now },
  ]
  const view = at('/console/words')
  return {
    words: (
      <WordsPage
        view={view}
        words={[word, column, merged]}
        counts={counts}
        state="new"
        more="/console/words?offset=50"
        sent={sent}
        file={text('{"is":"word"}')}
      />
    ),
    'no words': (
      <WordsPage view={view} words={[]} counts={counts} state="dismissed" more={undefined} sent={sent} file="" />
    ),
    word: <WordPage view={view} word={word} decisions={decisions} sent={sent} />,
    'a word that was merged': <WordPage view={view} word={merged} decisions={decisions} sent={sent} />,
  }
}
