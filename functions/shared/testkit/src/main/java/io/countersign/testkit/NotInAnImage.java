package io.countersign.testkit;

import java.io.FileDescriptor;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.net.http.HttpClient;
import java.nio.Buffer;
import java.nio.channels.Channel;
import java.security.KeyStore;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.ZipFile;
import javax.net.ssl.SSLContext;

/**
 * Types that the static state of an executable must not hold. The first group native-image refuses (GraalVM's {@code DisallowedImageHeapObjects}); what follows it would take, frozen
 * as it was on the machine that built the executable.
 */
final class NotInAnImage {
    private NotInAnImage() {}

    /** @return what is wrong with it; empty: nothing */
    static Optional<String> reason(Object object) {
        boolean refused =
                switch (object) {
                    case ThreadLocalRandom ignored -> false;
                    case Random ignored -> true;
                    case SplittableRandom ignored -> true;
                    case Thread thread ->
                        thread.getState() != Thread.State.NEW && thread.getState() != Thread.State.TERMINATED;
                    case FileDescriptor descriptor -> descriptor.valid() && !isStandard(descriptor);
                    case Buffer buffer -> buffer.isDirect() && buffer.capacity() != 0;
                    case ZipFile ignored -> true;
                    case Cleaner ignored -> true;
                    case Cleaner.Cleanable cleanable ->
                        !(cleanable instanceof Reference<?> reference && reference.refersTo(null))
                                && !cleanable.getClass().getName().endsWith("CleanerImpl$CleanerCleanable");
                    default -> false;
                };
        if (refused) {
            return Optional.of("native-image refuses " + object.getClass().getName());
        }
        return switch (object) {
            case HttpClient ignored -> Optional.of("a client of the machine that built it");
            case Channel ignored -> Optional.of("a channel of the machine that built it");
            case SSLContext ignored -> Optional.of("what the machine that built it trusts");
            case KeyStore ignored -> Optional.of("keys of the machine that built it");
            default -> Optional.empty();
        };
    }

    private static boolean isStandard(FileDescriptor descriptor) {
        return descriptor == FileDescriptor.in || descriptor == FileDescriptor.out || descriptor == FileDescriptor.err;
    }
}
