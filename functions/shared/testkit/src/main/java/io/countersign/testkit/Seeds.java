package io.countersign.testkit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * The source of all random data in tests. The data derive from one text, {@code -Dtest.seed}, and from the running test or a name. They are the same in each run of
 * the default build and new in the profile {@code thorough}; the text that a failure prints repeats them.
 *
 * <p>Data without a name depend on the running test and on the number of its earlier draws, not on other tests; {@link SeedListener} reports the running test. Data
 * that several tests share have a name.
 */
public final class Seeds {
    /** The system property that sets the text. */
    public static final String PROPERTY = "test.seed";

    /** The text of the default build. */
    public static final String DEFAULT = "countersign";

    private static final AtomicLong DRAWN = new AtomicLong();

    private static volatile String test = "";

    private Seeds() {}

    /** Returns the text that all data derive from. */
    public static String text() {
        return System.getProperty(PROPERTY, DEFAULT);
    }

    /** Whether the data differ from those of the default build. */
    static boolean areFresh() {
        return !text().equals(DEFAULT);
    }

    /** Records that a test begins. */
    static void begin(String name) {
        test = name;
        DRAWN.set(0);
    }

    /** Returns the seed of a name. */
    public static long of(String name) {
        try {
            byte[] bytes = (text() + '\n' + name).getBytes(StandardCharsets.UTF_8);
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns a new source for each call. The source is not thread-safe. */
    public static RandomGenerator random() {
        return random(next());
    }

    /** Returns the source of a name, at its start. The source is not thread-safe. */
    public static RandomGenerator random(String name) {
        return new SplittableRandom(of(name));
    }

    /** Returns a source that does not depend on the text, for measurements with published figures. The source is not thread-safe. */
    public static RandomGenerator always(long seed) {
        return new SplittableRandom(seed);
    }

    /** Returns a new source for each call. The source is thread-safe. */
    public static SecureRandom secure() {
        return secure(next());
    }

    /** Returns the source of a name, at its start. The source is thread-safe. */
    public static SecureRandom secure(String name) {
        try {
            // The only algorithm of the JDK that a seed determines, if it is set before the first draw.
            SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
            random.setSeed(of(name));
            return random;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public static UUID uuid() {
        RandomGenerator random = random();
        return new UUID(
                random.nextLong() & 0xFFFF_FFFF_FFFF_0FFFL | 0x4000L,
                random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L);
    }

    /** Generates a new key pair for each call. */
    public static KeyPair keys(String algorithm, AlgorithmParameterSpec spec) {
        return keys(algorithm, spec, next());
    }

    /** Generates the key pair of a name. */
    public static KeyPair keys(String algorithm, AlgorithmParameterSpec spec, String name) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(spec, secure(name));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String next() {
        return test + '#' + DRAWN.getAndIncrement();
    }
}
