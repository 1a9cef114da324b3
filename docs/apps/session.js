// Sessions of a page's user from Countersign's /token, for an SDK of OSS in the page.
// One request at a time: all that wait for a session get the same one. A session is replaced before it ends.

const TIMEOUT = 15_000;
const LONGEST_LEAD = 300_000;
/** A request that was signed with less left might arrive after the session's end. */
const LEAST = 30_000;

/** Why there is no session. `code` is Countersign's (docs/codes.md), `status` its HTTP status; both are empty where no answer came. */
export class SessionError extends Error {
  constructor(message, {code = "", status = 0, cause} = {}) {
    super(message, {cause});
    this.name = "SessionError";
    this.code = code;
    this.status = status;
  }

  /** Whether the user has to log in again. */
  get login() {
    return this.status === 401;
  }
}

export class Sessions {
  #settings;
  #session;
  #renewal;
  #latest;

  /**
   * @param settings.token the URL of /token
   * @param settings.bearer returns the JWT of the app's own login, or a promise of it; it is asked for each request
   * @param settings.role a role's name or ARN; without it, the provider's default
   * @param settings.durationSeconds 900 to 43200; without it, the role's own
   */
  constructor(settings) {
    this.#settings = {fetch: (...given) => fetch(...given), now: () => Date.now(), ...settings};
  }

  /**
   * Returns {accessKeyId, accessKeySecret, stsToken, expiration}. In the last fifth of a session's life, at most five minutes, a new one is asked for, and
   * nobody waits for it while the present one has half a minute left. Without an answer the present one is returned until it ends.
   */
  async get() {
    const session = this.#session;
    const now = this.#settings.now();
    if (session && now < session.renew) {
      return session.credentials;
    }
    // Between this look and the assignment nothing else runs, so there is never a second request.
    this.#renewal ??= this.#renewed();
    if (session && now < session.ends - LEAST) {
      this.#renewal.catch(() => {});
      return session.credentials;
    }
    try {
      return await this.#renewal;
    } catch (error) {
      if (session && isPassing(error) && this.#settings.now() < session.ends) {
        return session.credentials;
      }
      throw error;
    }
  }

  /** Forgets the session, as at a logout. A request that is under way is not kept either. */
  forget() {
    this.#session = undefined;
    this.#renewal = undefined;
    this.#latest = undefined;
  }

  #renewed() {
    const renewal = this.#ask().finally(() => {
      if (this.#renewal === renewal) {
        this.#renewal = undefined;
      }
    });
    return renewal;
  }

  async #ask() {
    const {token, bearer, role, durationSeconds} = this.#settings;
    const begun = this.#settings.now();
    const request = (this.#latest = {});
    const answer = await this.#answer(token, await bearer(), {role, durationSeconds});
    const ends = Date.parse(answer.Expiration);
    const credentials = Object.freeze({
      accessKeyId: answer.AccessKeyId,
      accessKeySecret: answer.AccessKeySecret,
      stsToken: answer.SecurityToken,
      expiration: new Date(ends),
    });
    // A logout in between has forgotten this request.
    if (this.#latest === request) {
      this.#session = {credentials, ends, renew: ends - Math.min(LONGEST_LEAD, (ends - begun) / 5)};
    }
    return credentials;
  }

  async #answer(token, bearer, wanted) {
    let text;
    let status;
    try {
      const answer = await this.#settings.fetch(token, {
        method: "POST",
        headers: {Authorization: `Bearer ${bearer}`, "Content-Type": "application/json"},
        body: JSON.stringify(wanted),
        cache: "no-store",
        credentials: "omit",
        signal: AbortSignal.timeout(TIMEOUT),
      });
      status = answer.status;
      text = await answer.text();
    } catch (cause) {
      throw new SessionError("Countersign cannot be reached; check the network, and countersign.cors.allowed-origins.", {cause});
    }
    let session;
    try {
      session = JSON.parse(text);
    } catch (cause) {
      throw new SessionError(`The answer of status ${status} is not Countersign's; check the URL of /token.`, {cause});
    }
    // A refusal has status 200 as well: SDKs read StatusCode.
    if (Number(session.StatusCode) !== 200) {
      throw new SessionError(session.ErrorMessage ?? session.detail ?? "There is no session.", {
        code: session.ErrorCode ?? session.code ?? "",
        status: Number(session.StatusCode ?? status),
      });
    }
    return session;
  }
}

/** The session at hand may be good although there is no new one now. */
function isPassing(error) {
  return error instanceof SessionError && (error.status < 400 || error.status === 429 || error.status >= 500);
}
