package io.countersign.signcontent;

/** What a call asks for, by the form that its answer has. */
sealed interface Wanted {
    /** An Authorization header's text for a string to sign of V1. */
    record AuthorizationText(String content) implements Wanted {}

    /** The same in JSON. */
    record AuthorizationJson(String content) implements Wanted {}

    /** A signature alone, for the remote signer of an SDK. */
    record Signature(RemoteRequest request) implements Wanted {}
}
