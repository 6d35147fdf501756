import { configParserText } from "../../config/configparser";

/** An account of Copr; its name owns every project that the instance makes. */
export interface CoprAccount {
  readonly login: string;
  readonly username: string;
  readonly token: string;
  /** Address of Copr. @default Fedora's */
  readonly url?: string;
}

/** The file `copr`. Its reader interpolates, so a percent sign in a token is doubled. */
export function coprConfig(account: CoprAccount): string {
  return configParserText(
    {
      "copr-cli": {
        login: account.login,
        username: account.username,
        token: account.token,
        copr_url: account.url ?? "https://copr.fedorainfracloud.org",
      },
    },
    true,
  );
}
