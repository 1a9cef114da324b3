package io.countersign.verify.transcript;

import java.util.regex.Pattern;

/** The meter that curl writes over itself while it waits. Where its output goes into one file it stands before lines of the transcript, and inside of the body. */
final class ProgressMeter {
    private static final String SIZE = " {1,12}[0-9.]{1,8}[kMGTP]?";
    private static final String PERCENT = " {1,12}[0-9]{1,3}";
    private static final String TIME = " {1,12}(?:--:--:--|[0-9]{1,3}:[0-9]{2}:[0-9]{2}|[0-9]{1,4}d [0-9]{2}h)";
    /** Three percentages with sizes, two speeds, three times, a speed. Browsers make a line feed of its carriage return. */
    private static final String METER =
            "[\r\n] {0,3}[0-9]{1,3}" + SIZE + (PERCENT + SIZE).repeat(2) + SIZE.repeat(2) + TIME.repeat(3) + SIZE;

    private static final Pattern BEFORE_A_MARK = Pattern.compile("(?:" + METER + ")+(?=[<>*{}] )");
    private static final Pattern ANYWHERE = Pattern.compile(METER);

    private ProgressMeter() {}

    /** The text as it is without {@code 2>&1}. */
    static String without(String text) {
        return ANYWHERE.matcher(BEFORE_A_MARK.matcher(text).replaceAll("\n")).replaceAll("");
    }
}
