package io.countersign.verify.transcript;

/** A text is no failing request. The message says what is missing and what to give; it repeats nothing of the text. */
public final class InvalidTranscript extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidTranscript(String sentence) {
        super(sentence);
    }
}
