package android.net;

import java.util.regex.Pattern;

/** A stand-in for Android's class. */
public final class InetAddresses {
    private static final Pattern V4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    private InetAddresses() {}

    public static boolean isNumericAddress(String address) {
        return V4.matcher(address).matches() || address.contains(":");
    }
}
