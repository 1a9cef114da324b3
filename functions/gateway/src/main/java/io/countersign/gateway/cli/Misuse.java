package io.countersign.gateway.cli;

/** A command line is wrong. The message is a sentence that says what would be right. */
final class Misuse extends Exception {
    private static final long serialVersionUID = 1L;

    Misuse(String sentence) {
        super(sentence);
    }
}
