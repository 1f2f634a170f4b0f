/** Work that one process at a time may do. */
export interface Leased {
  /**
   * Takes or renews the lease of an item until an instant (ms): its epoch, or null while another holds it at `now`.
   * The epoch grows whenever the holder changes, so that a holder who slept through its end can be told off.
   */
  lease(id: string, holder: string, now: number, until: number): Promise<number | null>;
  /** Lets others have it at once; nothing when another holds it. */
  release(id: string, holder: string): Promise<void>;
}
