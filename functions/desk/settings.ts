/** How the page finds out who writes: by AWS keys that are typed in, or by an account of the stage's pool. */
export type SignIn =
  | { kind: 'keys' }
  | {
      kind: 'cognito';
      /** The host of the sign-in page. */
      domain: string;
      clientId: string;
      userPoolId: string;
      identityPoolId: string;
    };

/** What the page of the desk is told with its HTML, in `data-settings` of its body. */
export interface DeskSettings {
  /** Where readers read, without a slash at the end. */
  siteUrl: string;
  title: string;
  language: string;
  timeZone: string;
  /** The AWS region that requests are signed for. */
  region: string;
  signIn: SignIn;
}
