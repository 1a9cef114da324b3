package android.content;

import java.io.File;

/** A stand-in: as much of Android's class as its OSS SDK touches on a plain JVM. */
public class Context {
    private final ContentResolver resolver = new ContentResolver();

    public Context getApplicationContext() {
        return this;
    }

    public ContentResolver getContentResolver() {
        return resolver;
    }

    public File getFilesDir() {
        return new File(System.getProperty("java.io.tmpdir"));
    }
}
