/** Tables that say which statements (`seq`) name a term (`term`): an erasure deletes from all of them. */
export const LINK_TABLES = ['statement_agents', 'statement_activities', 'recent_links'] as const;

/** Those of them that tell of actors. */
export const AGENT_LINK_TABLES = ['statement_agents', 'recent_links'] as const;
