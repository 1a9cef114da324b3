package android.os;

import java.io.Closeable;

/** A stand-in: nothing here opens one. */
public class ParcelFileDescriptor implements Closeable {
    @Override
    public void close() {}
}
