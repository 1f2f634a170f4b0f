/** Tables that say which statements (`seq`) name something: an erasure deletes from all of them. */
export const LINK_TABLES = ['statement_agents', 'statement_activities', 'recent_links'] as const;

/** From terms `t` to links `l` of the statements that name them as an actor, related or not. */
export const AGENT_LINKS = [
  'terms t CROSS JOIN statement_agents l ON l.term = t.id',
  "terms t CROSS JOIN recent_links l ON instr(l.links, 'a' || t.id || '.') OR instr(l.links, 'A' || t.id || '.')",
] as const;
