package io.countersign.verify;

import java.util.regex.Pattern;

/** The ids of VPCs: {@code vpc-t4nlw426y44rd3iq4}. */
public final class VpcName {
    private static final Pattern SHAPE = Pattern.compile("vpc-[A-Za-z0-9_-]{1,124}");

    private VpcName() {}

    /** Whether the text is an id of 5 to 128 characters. */
    public static boolean isOne(String text) {
        return SHAPE.matcher(text).matches();
    }
}
