package io.countersign.verify.report;

/** What was decided about a request here. */
public enum Verdict {
    /** It may pass. */
    ALLOWED("allowed"),
    REFUSED("refused"),
    /** Its signature holds; whether it may pass is for policies to say, which were not at hand. */
    SIGNATURE_HOLDS("signature-holds"),
    /** It was only looked at. */
    NOT_JUDGED("not-judged");

    private final String text;

    Verdict(String text) {
        this.text = text;
    }

    /** As a report writes it. */
    public String text() {
        return text;
    }
}
