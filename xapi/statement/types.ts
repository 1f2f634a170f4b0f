/** The versions of the data model an LRS request can declare: xAPI 1.0.3, and 2.0 (IEEE 9274.1.1). */
export type XapiVersion = '1.0.3' | '2.0.0';

/** RFC 5646 tag to text (1.0.3 Data 4.2). */
export type LanguageMap = Readonly<Record<string, string>>;

/** IRI to any JSON value (1.0.3 Data 4.1). */
export type Extensions = Readonly<Record<string, unknown>>;

/** A user account on an existing system (1.0.3 Data 2.4.2.4). */
export interface Account {
  readonly homePage: string;
  readonly name: string;
}

/** The four inverse functional identifiers; an actor has at most one (1.0.3 Data 2.4.2.3). */
export interface InverseFunctionalIdentifiers {
  readonly mbox?: string;
  readonly mbox_sha1sum?: string;
  readonly openid?: string;
  readonly account?: Account;
}

/** One person or system, with exactly one identifier (1.0.3 Data 2.4.2.1). */
export interface Agent extends InverseFunctionalIdentifiers {
  readonly objectType?: 'Agent';
  readonly name?: string;
}

/** Anonymous when it has no identifier: `member` is then present (1.0.3 Data 2.4.2.2). */
export interface Group extends InverseFunctionalIdentifiers {
  readonly objectType: 'Group';
  readonly name?: string;
  readonly member?: readonly Agent[];
}

export type Actor = Agent | Group;

/** What was done (1.0.3 Data 2.4.3). */
export interface Verb {
  readonly id: string;
  readonly display?: LanguageMap;
}

export type InteractionType =
  | 'true-false'
  | 'choice'
  | 'fill-in'
  | 'long-fill-in'
  | 'matching'
  | 'performance'
  | 'sequencing'
  | 'likert'
  | 'numeric'
  | 'other';

/** One option of an interaction (1.0.3 Data 2.4.4.1, Interaction Components). */
export interface InteractionComponent {
  readonly id: string;
  readonly description?: LanguageMap;
}

/** What an activity is, and how its answers look when it is an interaction (1.0.3 Data 2.4.4.1). */
export interface ActivityDefinition {
  readonly name?: LanguageMap;
  readonly description?: LanguageMap;
  readonly type?: string;
  readonly moreInfo?: string;
  readonly extensions?: Extensions;
  readonly interactionType?: InteractionType;
  readonly correctResponsesPattern?: readonly string[];
  readonly choices?: readonly InteractionComponent[];
  readonly scale?: readonly InteractionComponent[];
  readonly source?: readonly InteractionComponent[];
  readonly target?: readonly InteractionComponent[];
  readonly steps?: readonly InteractionComponent[];
}

export interface Activity {
  readonly objectType?: 'Activity';
  readonly id: string;
  readonly definition?: ActivityDefinition;
}

/** Points at another statement by its id (1.0.3 Data 2.4.4.3). */
export interface StatementRef {
  readonly objectType: 'StatementRef';
  readonly id: string;
}

/** `min <= raw <= max`, `scaled` in [-1, 1] (1.0.3 Data 2.4.5.1). */
export interface Score {
  readonly scaled?: number;
  readonly raw?: number;
  readonly min?: number;
  readonly max?: number;
}

/** A measured outcome (1.0.3 Data 2.4.5); `duration` is an ISO 8601 duration. */
export interface Result {
  readonly score?: Score;
  readonly success?: boolean;
  readonly completion?: boolean;
  readonly response?: string;
  readonly duration?: string;
  readonly extensions?: Extensions;
}

/** A single activity is allowed in place of a list (1.0.3 Data 2.4.6.2). */
export type ActivityOrList = Activity | readonly Activity[];

export interface ContextActivities {
  readonly parent?: ActivityOrList;
  readonly grouping?: ActivityOrList;
  readonly category?: ActivityOrList;
  readonly other?: ActivityOrList;
}

/** xAPI 2.0 only: an agent that relates to the experience, and in which roles (IRIs). */
export interface ContextAgent {
  readonly objectType: 'contextAgent';
  readonly agent: Agent;
  readonly relevantTypes?: readonly string[];
}

/** xAPI 2.0 only: a group that relates to the experience, and in which roles (IRIs). */
export interface ContextGroup {
  readonly objectType: 'contextGroup';
  readonly group: Group;
  readonly relevantTypes?: readonly string[];
}

/** 1.0.3 Data 2.4.6; `contextAgents` and `contextGroups` in 2.0 only. */
export interface Context {
  readonly registration?: string;
  readonly instructor?: Actor;
  readonly team?: Group;
  readonly contextActivities?: ContextActivities;
  readonly contextAgents?: readonly ContextAgent[];
  readonly contextGroups?: readonly ContextGroup[];
  readonly revision?: string;
  readonly platform?: string;
  readonly language?: string;
  readonly statement?: StatementRef;
  readonly extensions?: Extensions;
}

/** What describes attached data (1.0.3 Data 2.4.11); `length` in octets, `sha2` in hex. */
export interface Attachment {
  readonly usageType: string;
  readonly display: LanguageMap;
  readonly description?: LanguageMap;
  readonly contentType: string;
  readonly length: number;
  readonly sha2: string;
  readonly fileUrl?: string;
}

/** A statement told about, not asserted (1.0.3 Data 2.4.4.3). */
export interface SubStatement {
  readonly objectType: 'SubStatement';
  readonly actor: Actor;
  readonly verb: Verb;
  readonly object: Exclude<StatementObject, SubStatement>;
  readonly result?: Result;
  readonly context?: Context;
  readonly timestamp?: string;
  readonly attachments?: readonly Attachment[];
}

export type StatementObject =
  | Activity
  | (Agent & { readonly objectType: 'Agent' })
  | Group
  | StatementRef
  | SubStatement;

/** 1.0.3 Data 2.4; timestamps are ISO 8601. What the LRS assigns is absent from what it is sent. */
export interface Statement {
  readonly id?: string;
  readonly actor: Actor;
  readonly verb: Verb;
  readonly object: StatementObject;
  readonly result?: Result;
  readonly context?: Context;
  readonly timestamp?: string;
  readonly stored?: string;
  readonly authority?: Actor;
  readonly version?: string;
  readonly attachments?: readonly Attachment[];
}
