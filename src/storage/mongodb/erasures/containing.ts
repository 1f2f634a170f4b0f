/** Finds any of these texts anywhere, whatever their case; nothing where there are none. */
export function containing(texts: readonly string[]): RegExp {
  const any = texts.map((text) => text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, '\\$&')).join('|');
  return texts.length === 0 ? /$./ : new RegExp(any, 'i');
}
