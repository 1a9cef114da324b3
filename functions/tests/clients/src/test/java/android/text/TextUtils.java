package android.text;

import org.jspecify.annotations.Nullable;

/** A stand-in for Android's class. */
public final class TextUtils {
    private TextUtils() {}

    public static boolean isEmpty(@Nullable CharSequence text) {
        return text == null || text.isEmpty();
    }
}
