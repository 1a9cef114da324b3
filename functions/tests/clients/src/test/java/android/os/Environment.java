package android.os;

import java.io.File;

/** A stand-in: a phone without external storage. */
public final class Environment {
    private Environment() {}

    public static String getExternalStorageState() {
        return "removed";
    }

    public static File getDataDirectory() {
        return new File(System.getProperty("java.io.tmpdir"));
    }
}
