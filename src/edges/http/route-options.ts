/** What the routes have to know of where they are served. */
export interface RouteOptions {
  /** Cookies over https only. */
  secure: boolean
}
