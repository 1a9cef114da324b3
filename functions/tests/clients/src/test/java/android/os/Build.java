package android.os;

/** A stand-in: an Android that has {@link android.net.InetAddresses}. */
public final class Build {
    public static final String ID = "stand-in";
    public static final String MODEL = "stand-in";

    private Build() {}

    public static final class VERSION {
        public static final String RELEASE = "10";
        public static final int SDK_INT = 29;

        private VERSION() {}
    }
}
