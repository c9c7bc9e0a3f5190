/** A complete, valid style from a block's defaults: where a design starts, and what tests are made of. */
import { problem } from '../core/errors.ts'
import { defaultSystem, SIZE_SYSTEMS } from './sizes.ts'
import { NEWEST_RECIPE, newestRecipe } from './types.ts'
import type { Category, Gender, Material, MaterialRole, StyleSpec } from './types.ts'
import { blockFor, CATEGORY_NAMES, definitionOf } from './categories/index.ts'

/** Sizes of a sample: five of the system, the base in the middle. */
function sampleSizes(gender: Gender): StyleSpec['sizes'] {
  const system = SIZE_SYSTEMS[defaultSystem(gender)]
  if (!system) throw new RangeError('no default size system')
  const labels = system.sizes.map((size) => size.label)
  const middle = labels.indexOf(system.base)
  return { system: system.id, base: system.base, list: labels.slice(middle - 2, middle + 3) }
}

const ROLE_TEXTURES: Readonly<Partial<Record<MaterialRole, readonly Material['texture'][]>>> = {
  lining: ['satin'],
  interlining: ['canvas'],
  contrast: ['fur', 'corduroy'],
  rib: ['rib'],
  pocketing: ['poplin', 'twill'],
}

/**
 * The most fitting material of a library for a role: by texture, then by id, so that the choice never wanders.
 * @throws Problem garments.no-material 422 when the library has none for the role
 */
export function materialFor(
  category: Category,
  role: MaterialRole,
  materials: Readonly<Record<string, Material>>,
): Material {
  const wanted = (role === 'shell' ? definitionOf(category).cloth.sample : ROLE_TEXTURES[role]) ?? []
  const rank = (m: Material): number => (wanted.includes(m.texture) ? wanted.indexOf(m.texture) : wanted.length)
  const fit = Object.values(materials)
    .filter((m) => m.roles.includes(role))
    .sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1))[0]
  if (fit) return fit
  throw problem(
    'garments.no-material',
    422,
    {
      en: `The material library has nothing for "${role}". Add a material with that role.`,
      zh: `物料库中没有可用作“${role}”的面辅料，请先添加。`,
    },
    { field: `materials.${role}` },
  )
}

/**
 * A style with every default of its block, five sizes, one colourway, and a material for each role.
 * @param materials the library to choose from, by id
 * @param overrides anything to set otherwise; `parameters` and `construction` are laid over the defaults
 */
export function sampleSpec(
  category: Category,
  gender: Gender,
  materials: Readonly<Record<string, Material>>,
  overrides: Partial<StyleSpec> = {},
): StyleSpec {
  const block = blockFor(category, gender)
  const construction = {
    ...Object.fromEntries(block.construction.map((slot) => [slot.slot, slot.default])),
    ...overrides.construction,
  }
  const roles = block.roles(construction, 'recipe' in overrides ? overrides.recipe : NEWEST_RECIPE)
  return {
    schema: 'firstcut.style/1',
    ...newestRecipe(),
    category,
    gender,
    season: definitionOf(category).cloth.sampleSeason,
    names: { zh: `基础${CATEGORY_NAMES[category].zh}`, en: `Basic ${CATEGORY_NAMES[category].en.toLowerCase()}` },
    story: { zh: '按版型默认值生成的样款。', en: "A sample made from the block's defaults." },
    attributes: [],
    materials: Object.fromEntries(roles.map((role) => [role, materialFor(category, role, materials)])),
    colourways: [
      {
        id: 'olive',
        name: { zh: '军绿', en: 'Olive' },
        colours: {
          ...Object.fromEntries(roles.map((role) => [role, '#4a4f37'])),
          button: '#3b2f24',
          thread: '#4a4f37',
        },
      },
    ],
    sizes: sampleSizes(gender),
    seamAllowanceMm: 10,
    seed: 1,
    ...overrides,
    parameters: { ...Object.fromEntries(block.parameters.map((p) => [p.key, p.default])), ...overrides.parameters },
    construction,
  }
}
