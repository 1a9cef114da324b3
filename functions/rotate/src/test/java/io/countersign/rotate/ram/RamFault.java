package io.countersign.rotate.ram;

/** How one call goes wrong. */
public enum RamFault {
    NONE(false),
    THROTTLED(false),
    TOO_MANY(false),
    /** 503 before it acts. */
    DOWN(false),
    NO_PERMISSION(false),
    /** It acts; then the connection ends without a word. */
    LOST(true),
    /** It acts, and answers 500. */
    BROKEN(true),
    /** It acts, and answers what is no JSON. */
    GARBLED(true),
    /** It acts, and answers more than anybody reads. */
    HUGE(true),
    /** It acts, and says that the answer is elsewhere. */
    REDIRECTED(true),
    /** It acts, sends the head of an answer, and never its body. */
    STUCK(true);

    private final boolean acts;

    RamFault(boolean acts) {
        this.acts = acts;
    }

    boolean acts() {
        return this == NONE || acts;
    }
}
