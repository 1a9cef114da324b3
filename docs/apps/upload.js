// Uploads that the manifest describes (POST /uploads/NAME), in a page: one PUT, a form, or parts that can be paused.

const AT_ONCE = 3;
const TRIES = 4;

/** Why a file was not uploaded. `code` is Countersign's or the storage's, `status` the HTTP status; both are empty where no answer came. */
export class UploadError extends Error {
  constructor(message, {code = "", status = 0, cause} = {}) {
    super(message, {cause});
    this.name = "UploadError";
    this.code = code;
    this.status = status;
  }
}

/** One file on its way. `start` begins, `pause` and `resume` hold and go on with parts, `abort` gives up. */
export class Upload {
  #settings;
  #begun;
  #done = new Map();
  #running;
  #paused;
  #completing = false;
  #aborted = false;

  /**
   * @param settings.url the URL of /uploads/NAME
   * @param settings.file a File
   * @param settings.bearer returns the JWT of the app's own login, or a promise of it
   * @param settings.progress is told the bytes that arrived, and those of the file
   */
  constructor(settings) {
    this.#settings = {progress: () => {}, ...settings};
  }

  /** Ends with {bucket, key} when the file is stored. Throws an UploadError, and an AbortError after `abort`. */
  async start() {
    const {url, file} = this.#settings;
    this.#running = new AbortController();
    const asked = {filename: file.name, contentType: file.type, size: file.size};
    this.#begun = await this.#countersign(url, asked);
    const {bucket, key, put, form, multipart} = this.#begun;
    if (put) {
      await this.#stored(put.url, {method: "PUT", headers: put.headers, body: file});
    } else if (form) {
      await this.#stored(form.url, {method: "POST", body: filled(form.fields, file)});
    } else {
      await this.#parts(multipart);
      await this.#unpaused();
      this.#completing = true;
      await this.#countersign(multipart.complete.url);
    }
    this.#settings.progress(file.size, file.size);
    return {bucket, key};
  }

  /** Holds an upload in parts: parts under way are broken off and sent again by `resume`. Returns whether it could; anything else goes on, also the completion. */
  pause() {
    if (this.#paused || this.#completing || this.#aborted || !this.#begun?.multipart) {
      return false;
    }
    let resume;
    this.#paused = {until: new Promise((done) => (resume = done)), resume};
    this.#running.abort();
    return true;
  }

  resume() {
    if (!this.#paused) {
      return;
    }
    this.#running = new AbortController();
    this.#paused.resume();
    this.#paused = undefined;
  }

  /** Gives up, and has Countersign delete the parts. Throws an UploadError where they may be left at the storage. */
  async abort() {
    this.#aborted = true;
    this.#running?.abort();
    this.#paused?.resume();
    const multipart = this.#begun?.multipart;
    if (multipart) {
      // With a signal of its own: what ends the parts must not break off the call that deletes them.
      await this.#countersign(multipart.abort.url, undefined, new AbortController().signal);
    }
  }

  async #unpaused() {
    while (this.#paused && !this.#aborted) {
      await this.#paused.until;
    }
    if (this.#aborted) {
      throw new DOMException("The upload was given up.", "AbortError");
    }
  }

  async #parts({parts, partBytes}) {
    const waiting = [...parts];
    const worker = async () => {
      for (let part = waiting.shift(); part; part = waiting.shift()) {
        await this.#part(part, partBytes);
      }
    };
    try {
      await Promise.all(Array.from({length: AT_ONCE}, worker));
    } catch (error) {
      waiting.length = 0;
      this.#running.abort();
      throw error;
    }
  }

  async #part({partNumber, url, size}, partBytes) {
    const {file, progress} = this.#settings;
    const from = (partNumber - 1) * partBytes;
    for (let tries = 1; !this.#done.has(partNumber); tries++) {
      await this.#unpaused();
      const signal = this.#running.signal;
      try {
        await this.#stored(url, {method: "PUT", body: file.slice(from, from + size)});
        this.#done.set(partNumber, size);
        progress([...this.#done.values()].reduce((sum, bytes) => sum + bytes, 0), file.size);
      } catch (error) {
        if (signal.aborted && !this.#aborted && (this.#paused || signal !== this.#running.signal)) {
          tries = 0;
        } else if (tries === TRIES || !isPassing(error)) {
          throw error;
        } else {
          await new Promise((done) => setTimeout(done, 500 * 2 ** tries));
        }
      }
    }
  }

  /** Asks Countersign. Answers are JSON, refusals problem+json. */
  async #countersign(url, body, signal = this.#running.signal) {
    const headers = {Authorization: `Bearer ${await this.#settings.bearer()}`};
    if (body) {
      headers["Content-Type"] = "application/json";
    }
    const answer = await this.#fetched(url, {method: "POST", headers, body: body && JSON.stringify(body)}, signal);
    const text = await answer.text();
    const read = /json/.test(answer.headers.get("Content-Type") ?? "") ? JSON.parse(text) : {};
    if (!answer.ok) {
      throw new UploadError(read.detail ?? `Countersign answered ${answer.status}.`, {code: read.code, status: answer.status});
    }
    return read;
  }

  /** Asks the storage. Refusals are XML with a Code and a Message. */
  async #stored(url, request) {
    const answer = await this.#fetched(url, request, this.#running.signal);
    const text = await answer.text();
    // OSS has stored the object, and its call to the app's server failed.
    if (!answer.ok || answer.status === 203) {
      const [, code = ""] = /<Code>([^<]*)</.exec(text) ?? [];
      const [, message = `The storage answered ${answer.status}.`] = /<Message>([^<]*)</.exec(text) ?? [];
      throw new UploadError(message, {code, status: answer.status});
    }
  }

  async #fetched(url, request, signal) {
    try {
      return await fetch(url, {...request, signal, cache: "no-store", credentials: "omit"});
    } catch (cause) {
      if (signal.aborted) {
        throw cause;
      }
      throw new UploadError("There is no answer; check the network, and the CORS rules of gateway and bucket.", {cause});
    }
  }
}

function filled(fields, file) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    form.append(name, value);
  }
  form.append("file", file);
  return form;
}

/** A part may arrive at another try. */
function isPassing(error) {
  return error.name === "UploadError" && (error.status === 0 || error.status === 408 || error.status === 429 || error.status >= 500);
}
