import { refused } from '../messages.ts'
/** From here on a list of common passwords and patterns does not find it within 10⁸ guesses. */
const GUESSES_LOG10 = 8
/** What is beyond this adds nothing, and takes long to look at. */
const LOOKED_AT = 64
/** What many in China begin or end a password with, in no English list; and what we are called. */
const LOCAL =
  'woaini woaiwojia aini nihao zhongguo mima wodemima baobao laopo laogong tiankong 520 1314 5201314 1314520 888888 666666 qq a123456 aa123456 asd123 qwe123 firstcut 首裁 shoucai fashion password admin'.split(
    ' ',
  )

type Check = (password: string, own: string[]) => number
let loaded: Promise<Check> | undefined

/** The lists are 400 kB: read when somebody first chooses a password. */
const load = (): Promise<Check> =>
  (loaded ??= Promise.all([import('@zxcvbn-ts/core'), import('@zxcvbn-ts/language-common')]).then(
    ([{ ZxcvbnFactory }, { dictionary, adjacencyGraphs }]) => {
      const zxcvbn = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs })
      return (password, own) => zxcvbn.check(password, own).guessesLog10
    },
  ))

/** Whether hardly a letter is left without the owner's words: `Wang.Xiaohong1`. */
function isOwnWords(password: string, words: readonly string[]): boolean {
  const own = words
    .filter((word) => word.length > 2 || /\p{Script=Han}{2}/u.test(word))
    .sort((a, b) => b.length - a.length)
  const rest = own.reduce((left, word) => left.replaceAll(word, ''), password)
  return rest !== password && (rest.match(/\p{L}/gu)?.length ?? 0) < 4
}

/**
 * Refuse a password that is on every list, a pattern, or made of the owner's own name, address or our name.
 * @throws Problem 422 on the field `password`
 */
export async function refuseCommon(password: string, owner: { email: string; name: string }): Promise<void> {
  const check = await load()
  const own = [owner.email, ...owner.email.split(/[@._+-]/), owner.name, ...owner.name.split(/\s+/), ...LOCAL]
  const words = own.filter((word) => word.length > 1).map((word) => word.toLowerCase())
  const looked = password.slice(0, LOOKED_AT).toLowerCase()
  if (check(looked, words) >= GUESSES_LOG10 && !isOwnWords(looked, words)) return
  throw refused('identity.common-password', undefined, { field: 'password' })
}
