/** What we use of ltijs 5.9.9, which brings no types of its own. */
declare module 'ltijs' {
  import type { RequestListener } from 'node:http';

  type Row = Readonly<Record<string, unknown>>;

  /** Names, roles and contexts of a launch, as the services want to be handed them. */
  export interface LtijsIdToken {
    readonly iss: string;
    readonly clientId: string;
    readonly deploymentId: string;
    readonly user: string;
    readonly platformContext: Row;
  }

  export interface LtijsDatabase {
    setup(): Promise<boolean>;
    Close(): Promise<boolean>;
    Get(encryptionKey: string | false, collection: string, query?: Row): Promise<Row[] | false>;
    Insert(encryptionKey: string | false, collection: string, item: Row, index?: Row): Promise<boolean>;
    Replace(
      encryptionKey: string | false,
      collection: string,
      query: Row,
      item: Row,
      index?: Row,
    ): Promise<boolean>;
    Modify(
      encryptionKey: string | false,
      collection: string,
      query: Row,
      modification: Row,
    ): Promise<boolean>;
    Delete(collection: string, query: Row): Promise<boolean>;
  }

  export interface LtijsPlatform {
    platformUrl(): Promise<string>;
    platformKid(): Promise<string>;
    platformActive(): Promise<boolean>;
    /** Throws got's HTTPError when the platform refuses. */
    platformAccessToken(
      scopes: string,
    ): Promise<{ readonly access_token: string; readonly token_type: string }>;
  }

  export interface LtijsProvider {
    readonly app: RequestListener;
    readonly Grade: {
      getLineItems(idtoken: LtijsIdToken, options?: Row): Promise<unknown>;
      getLineItemById(idtoken: LtijsIdToken, id: string): Promise<unknown>;
      createLineItem(idtoken: LtijsIdToken, lineItem: Row, options?: Row): Promise<unknown>;
      updateLineItemById(idtoken: LtijsIdToken, id: string, lineItem: Row): Promise<unknown>;
      deleteLineItemById(idtoken: LtijsIdToken, id: string): Promise<unknown>;
      submitScore(idtoken: LtijsIdToken, lineItemId: string, score: Row): Promise<unknown>;
      getScores(idtoken: LtijsIdToken, lineItemId: string, options?: Row): Promise<unknown>;
    };
    readonly NamesAndRoles: { getMembers(idtoken: LtijsIdToken, options?: Row): Promise<unknown> };
    readonly DeepLinking: {
      createDeepLinkingForm(idtoken: LtijsIdToken, items: readonly Row[], options?: Row): Promise<string>;
      createDeepLinkingMessage(idtoken: LtijsIdToken, items: readonly Row[], options?: Row): Promise<string>;
    };
    setup(
      encryptionKey: string,
      database: { readonly plugin: LtijsDatabase },
      options: {
        readonly keysetRoute: string;
        readonly ltiaas: boolean;
        readonly cors: boolean;
        readonly devMode: boolean;
        readonly cookies: { readonly secure: boolean; readonly sameSite: string };
      },
    ): void;
    deploy(options: { readonly serverless: boolean; readonly silent: boolean }): Promise<boolean>;
    getPlatform(issuer: string, clientId: string): Promise<LtijsPlatform | false>;
    close(options: { readonly silent: boolean }): Promise<boolean>;
  }

  const ltijs: { readonly Provider: LtijsProvider };
  export default ltijs;
}
