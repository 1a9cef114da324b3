package io.countersign.gateway.decisions;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;

/** The members of a line, in their order. Every line has them all, but {@link #LOST} and {@link #TORN}, which only such a line has. */
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
    PREVIOUS("previous");

    private final String text;
    private final SerializableString name;

    Member(String text) {
        this.text = text;
        this.name = new SerializedString(text);
    }

    String text() {
        return text;
    }

    SerializableString serialized() {
        return name;
    }
}
