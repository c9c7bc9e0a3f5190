import type { ImageModel, Outbound } from '../ports.ts'
import type { ImageConfig } from './config.ts'
import { openDashScopeImages } from './dashscope.ts'
import { openOpenAiImages } from './openai.ts'

/** The picture model that the configuration names. Nothing is asked until it is used. */
export const openImageModel = (config: ImageConfig, outbound: Outbound): ImageModel =>
  config.kind === 'openai' ? openOpenAiImages(config) : openDashScopeImages(config, outbound)
