package android.os;

/** A stand-in: a full disk, so that the SDK writes no log file. */
public class StatFs {
    public StatFs(String path) {}

    public int getBlockSize() {
        return 4096;
    }

    public long getAvailableBlocksLong() {
        return 0;
    }
}
