package android.net;

/** A stand-in for Android's class. */
public class Uri {
    private final String path;

    public Uri(String path) {
        this.path = path;
    }

    public String getPath() {
        return path;
    }
}
