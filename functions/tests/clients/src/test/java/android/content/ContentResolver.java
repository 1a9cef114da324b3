package android.content;

import android.net.Uri;
import java.io.FileNotFoundException;
import java.io.InputStream;

/** A stand-in: there is no content but files and bytes. */
public class ContentResolver {
    public InputStream openInputStream(Uri uri) throws FileNotFoundException {
        throw new FileNotFoundException(uri.getPath());
    }
}
