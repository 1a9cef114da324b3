package io.countersign.gateway.decisions;

import io.countersign.json.AsciiObjects;

/** The members of a line, in their order. Every line has them all, but {@link #LOST}, {@link #TORN} and {@link #USAGE}, which only such a line has. */
enum Member {
    SEQ("seq"),
    AT("at"),
    REQUEST_ID("requestId"),
    FACE("face"),
    OUTCOME("outcome"),
    PRINCIPAL("principal"),
    SUBJECT("subject"),
    SESSION_ID("sessionId"),
    ACCESS_KEY_ID("accessKeyId"),
    SIGNATURE_VERSION("signatureVersion"),
    USER_AGENT_FAMILY("userAgentFamily"),
    ACTION("action"),
    RESOURCE("resource"),
    SOURCE_IP("sourceIp"),
    CODE("code"),
    EC("ec"),
    DECIDED_BY("decidedBy"),
    MICROS("micros"),
    LOST("lost"),
    TORN("torn"),
    USAGE("usage"),
    PREVIOUS("previous");

    private final String text;
    private final AsciiObjects.Name named;

    Member(String text) {
        this.text = text;
        this.named = new AsciiObjects.Name(text);
    }

    String text() {
        return text;
    }

    AsciiObjects.Name named() {
        return named;
    }
}
