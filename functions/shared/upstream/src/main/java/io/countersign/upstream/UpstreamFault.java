package io.countersign.upstream;

/**
 * The store's answer cannot go to the client: it would tell of our key, or it makes no sense. The client gets 503
 * ServiceUnavailable; the message is one line for the log, without a secret, a key id or a signature.
 */
public final class UpstreamFault extends Exception {
    private static final long serialVersionUID = 1L;

    public UpstreamFault(String message) {
        super(message, null, false, false);
    }
}
