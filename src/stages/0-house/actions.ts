/** Everything that may be asked of the house: who is asking, its rules, its logs and copies, its keys, data of persons. */
import { sealOpenLetters } from '../../db/sealed.ts'
import type { KeyRing } from '../../engines/ports.ts'
import { opened } from '../action.ts'
import type { Context } from '../context.ts'
import { askReset } from './actions/ask-reset.ts'
import { beginBackup } from './actions/begin-backup.ts'
import { changeAccount } from './actions/change-account.ts'
import { changeHouse } from './actions/change-house.ts'
import { changeOwnPassword } from './actions/change-own-password.ts'
import { checkBackup } from './actions/check-backup.ts'
import { confirmIdentity } from './actions/confirm-identity.ts'
import { createAccount } from './actions/create-account.ts'
import { createFirstAccount } from './actions/create-first-account.ts'
import { createKey } from './actions/create-key.ts'
import { endOtherSessions } from './actions/end-other-sessions.ts'
import { endSession } from './actions/end-session.ts'
import { endSessions } from './actions/end-sessions.ts'
import { eraseAgain } from './actions/erase-again.ts'
import { erasePerson } from './actions/erase-person.ts'
import { exportLog } from './actions/export-log.ts'
import { exportPerson } from './actions/export-person.ts'
import { listAccounts } from './actions/list-accounts.ts'
import { listBackups } from './actions/list-backups.ts'
import { listEvents } from './actions/list-events.ts'
import { listKeys } from './actions/list-keys.ts'
import { listLog } from './actions/list-log.ts'
import { listMasterKeys } from './actions/list-master-keys.ts'
import { listOwnSessions } from './actions/list-own-sessions.ts'
import { listParked } from './actions/list-parked.ts'
import { listSessions } from './actions/list-sessions.ts'
import { listTroubles } from './actions/list-troubles.ts'
import { listUnusableSettings } from './actions/list-unusable-settings.ts'
import { makeBackup } from './actions/make-backup.ts'
import { nameActors } from './actions/name-actors.ts'
import { noteRestored } from './actions/note-restored.ts'
import { offerSecondFactor } from './actions/offer-second-factor.ts'
import { pruneOld } from './actions/prune-old.ts'
import { previewErasure } from './actions/preview-erasure.ts'
import { renewRecoveryCodes } from './actions/renew-recovery-codes.ts'
import { resetPassword } from './actions/reset-password.ts'
import { retryLetters } from './actions/retry-letters.ts'
import { retryParked } from './actions/retry-parked.ts'
import { revokeKey } from './actions/revoke-key.ts'
import { rotateMasterKey } from './actions/rotate-master-key.ts'
import { currentTerms } from './store/sale-terms.ts'
import { changeSaleTerms } from './actions/change-sale-terms.ts'
import { listSaleTerms } from './actions/list-sale-terms.ts'
import { showSaleTerms } from './actions/show-sale-terms.ts'
import { showCounts } from './actions/show-counts.ts'
import { showHouse } from './actions/show-house.ts'
import { showOwnAccount } from './actions/show-own-account.ts'
import { signInByCode } from './actions/sign-in-by-code.ts'
import { signIn } from './actions/sign-in.ts'
import { signOut } from './actions/sign-out.ts'
import { turnOffSecondFactor } from './actions/turn-off-second-factor.ts'
import { turnOnSecondFactor } from './actions/turn-on-second-factor.ts'
import { verifyBackup } from './actions/verify-backup.ts'
import { verifyLog } from './actions/verify-log.ts'
import { backupContext, type BackupOptions } from './backups/context.ts'
import { leave, makeDue } from './backups/due.ts'
import { readHouse } from './house.ts'
import { isFirstRun } from './identity/accounts.ts'
import { signingContext } from './identity/admitting.ts'
import { byKey } from './identity/keys.ts'
import { ticketUser } from './identity/parts.ts'
import { bySession } from './identity/sessions.ts'
import { countLine, operationsContext } from './operations.ts'
import { notedUnder, readAsked } from './people/asked.ts'
import { sweep } from './people/erasing.ts'
import { peopleContext } from './people/planning.ts'
import { rekey, rekeyOnce } from './people/rekeying.ts'
import { pruningContext, type PruningOptions } from './pruning/context.ts'
import { prune } from './pruning/pruning.ts'
import { secretsContext } from './secrets/sealing.ts'
import type { Upkeep } from './upkeep.ts'

export interface HouseOptions<U extends readonly Upkeep[]> {
  keyRing: KeyRing
  backups: BackupOptions
  /** Days after which what ended loses its names; 0 = when somebody asks. */
  retentionDays: number
  /** How long what is over is kept, and where it goes then. */
  pruning: PruningOptions
  /** What each stage has that the house looks after. */
  upkeep: U
}

export type Identity = ReturnType<typeof openIdentity>
export type Operations = ReturnType<typeof openOperations>
export type People = ReturnType<typeof openPeople>
export type Security = ReturnType<typeof openSecurity>
export type Secrets = ReturnType<typeof openSecrets>
export type Pruning = ReturnType<typeof openPruning>
export type Backups = ReturnType<typeof openBackups>

export const openHouse = <const U extends readonly Upkeep[]>(
  context: Context,
  { keyRing, backups, retentionDays, pruning, upkeep }: HouseOptions<U>,
) => ({
  identity: openIdentity(context),
  security: openSecurity(context),
  operations: openOperations(context, upkeep),
  secrets: openSecrets(context, { keyRing, retentionDays, upkeep }),
  backups: openBackups(context, backups, upkeep),
  people: openPeople(context, { retentionDays, upkeep }),
  pruning: openPruning(context, pruning, upkeep),
})

/** Who is asking: people by their sessions, machines by their keys, and the accounts of both. */
export function openIdentity(bare: Context) {
  const context = signingContext(bare)
  return {
    ...opened(context, {
      createFirst: createFirstAccount,
      createUser: createAccount,
      listUsers: listAccounts,
      changeUser: changeAccount,
      own: showOwnAccount,
      changeOwnPassword,
      offerFactor: offerSecondFactor,
      turnOnFactor: turnOnSecondFactor,
      turnOffFactor: turnOffSecondFactor,
      newRecoveryCodes: renewRecoveryCodes,
      listSessions,
      listOwnSessions,
      endSession,
      endSessions,
      endOtherSessions,
      signIn,
      signInByCode,
      signOut,
      confirm: confirmIdentity,
      askReset,
      reset: resetPassword,
      createKey,
      listKeys,
      revokeKey,
    }),
    // Asked before it is known who asks, so these are nobody's act.
    isFirstRun: () => isFirstRun(context.db.read),
    bySession: (token: string) => bySession(context, token),
    byKey: (key: string, address?: string) => byKey(context, key, address),
    /** Whether a link of a letter still counts, for the page it leads to. */
    resetOpen: async (token: string): Promise<boolean> =>
      (await ticketUser(context.db.read, token, 'reset', context.clock.now())) !== undefined,
  }
}

/** What an operator looks at and does beside the line: the log of events, parked work, the house's rules. */
export function openOperations<const U extends readonly Upkeep[]>(bare: Context, upkeep: U) {
  const context = operationsContext(bare, upkeep)
  return {
    ...opened(context, {
      listEvents,
      names: nameActors,
      listParked,
      retry: retryParked,
      troubles: listTroubles,
      retryLetters,
      showCounts,
      showHouse,
      changeHouse,
      unusableSettings: listUnusableSettings,
      saleTerms: showSaleTerms,
      changeSaleTerms,
      listSaleTerms,
    }),
    /** As pages of strangers say it too: its name, its time zone, its notice. */
    house: () => readHouse(context.db.read),
    counts: () => countLine(context),
    /** Of the terms of sale that hold now; none where the house has none. */
    termsVersion: async () => (await currentTerms(context.db.read))?.version,
  }
}

/** The security log, for those who answer for the installation: to read, to take away, to verify. */
export const openSecurity = (context: Context) =>
  opened(context, { list: listLog, export: exportLog, verify: verifyLog })

/** The master keys: what lies under which, and everything sealed anew under another one while the server works. */
export function openSecrets(
  bare: Context,
  { keyRing, ...rest }: Pick<HouseOptions<readonly Upkeep[]>, 'keyRing' | 'retentionDays' | 'upkeep'>,
) {
  const context = secretsContext(peopleContext(bare, rest), keyRing, rest.upkeep)
  return {
    ...opened(context, { list: listMasterKeys, rotate: rotateMasterKey }),
    /** Letters of before they were sealed, which still wait: once, when the line is opened. */
    sealOpenLetters: () => sealOpenLetters(context.db, context.engines.vault),
  }
}

/** Copies of everything, made while it works: by the worker's schedule, or when an operator asks. */
export function openBackups(bare: Context, options: BackupOptions, upkeep: readonly Upkeep[]) {
  const context = backupContext(bare, options, upkeep)
  return {
    ...opened(context, {
      make: makeBackup,
      begin: beginBackup,
      list: listBackups,
      verify: verifyBackup,
      check: checkBackup,
      restored: noteRestored,
    }),
    makeDue: () => makeDue(context),
    close: () => leave(context),
  }
}

/** What is held on a person: handed out, and taken away without touching what was counted, made or owed. */
export function openPeople(bare: Context, options: Pick<HouseOptions<readonly Upkeep[]>, 'retentionDays' | 'upkeep'>) {
  const context = peopleContext(bare, options)
  return {
    ...opened(context, { export: exportPerson, preview: previewErasure, erase: erasePerson, alsoAsked: eraseAgain }),
    rekey: () => rekey(context),
    rekeyOnce: () => rekeyOnce(context),
    sweep: (leaving?: AbortSignal) => sweep(context, leaving),
    notedUnder: () => notedUnder(context.db.read),
    asked: () => readAsked(context.db.read),
    retentionDays: options.retentionDays,
  }
}

/** What only grows, put away by its age: by the worker's schedule, or when an operator asks. */
export function openPruning(bare: Context, options: PruningOptions, upkeep: readonly Upkeep[]) {
  const context = pruningContext(bare, options, upkeep)
  return {
    ...opened(context, { prune: pruneOld }),
    sweep: (leaving?: AbortSignal) => prune(context, false, leaving),
  }
}
