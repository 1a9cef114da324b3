package io.countersign.rotate;

/** Why a key moves on. */
enum Cause {
    DUE("due"),
    REQUESTED("requested"),
    COMPROMISED("compromised");

    private final String text;

    Cause(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
