/** Everything that may be asked of this stage, by name. */
import { materialsCsvTemplate } from '../../garments/index.ts'
import { opened } from '../action.ts'
import type { Context } from '../context.ts'
import { exportMaterials } from './actions/export-materials.ts'
import { importMaterials } from './actions/import-materials.ts'
import { listCalls } from './actions/list-calls.ts'
import { listPreferences } from './actions/list-preferences.ts'
import { listUnfollowed } from './actions/list-unfollowed.ts'
import { listMaterials } from './actions/list-materials.ts'
import { listRuns } from './actions/list-runs.ts'
import { listStyles } from './actions/list-styles.ts'
import { previewReference } from './actions/preview-reference.ts'
import { previewRefinement } from './actions/preview-refinement.ts'
import { requestDesigns } from './actions/request-designs.ts'
import { showRun } from './actions/show-run.ts'
import { showStyle } from './actions/show-style.ts'
import { updateMaterial } from './actions/update-material.ts'
import type { SoldBefore } from './designer/designer.ts'
import { givingUpOf } from './giving-up.ts'
import type { PictureOptions } from './pictures/pictures.ts'
import { reactionsOf } from './reactions.ts'
import { NO_SALES, type Sales } from './run/saying.ts'

export type { RunView, StyleView } from './views.ts'
export type DesignOptions = PictureOptions
export type Designs = ReturnType<typeof openDesigns>

/**
 * @param soldBefore what every brief takes from the shop; nothing where there is none
 * @param sales which version a lot or a campaign was of; none where nothing is sold
 */
export const openDesigns = (
  context: Context,
  pictures: DesignOptions,
  soldBefore: SoldBefore = async () => [],
  sales: Sales = NO_SALES,
) => ({
  givingUp: givingUpOf({ ...context, sales }),
  reactions: reactionsOf({ ...context, pictures, soldBefore, sales }),
  materialsTemplate: materialsCsvTemplate,
  ...opened(
    { ...context, pictures },
    {
      requestDesigns,
      getRun: showRun,
      listRuns,
      listStyles,
      getStyle: showStyle,
      callsAbout: listCalls,
      listUnfollowed,
      listPreferences,
      previewRefinement,
      previewReference,
      listMaterials,
      updateMaterial,
      importMaterials,
      exportMaterials,
    },
  ),
})
