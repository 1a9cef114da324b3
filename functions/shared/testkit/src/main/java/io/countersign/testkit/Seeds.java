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
 * All random data of the tests. They follow from one text, {@code -Dtest.seed}, and from what asks for them: the same in each run of the default build, fresh in the
 * profile {@code thorough}, and the same again when the text that a failure names is given.
 *
 * <p>What is drawn without a name depends on the test that is running and on how much it has drawn before, and not on other tests; {@link SeedListener} tells which
 * it is. What several tests share has a name.
 */
public final class Seeds {
    /** The system property. */
    public static final String PROPERTY = "test.seed";

    /** The text of the default build. */
    public static final String DEFAULT = "countersign";

    private static final AtomicLong DRAWN = new AtomicLong();

    private static volatile String test = "";

    private Seeds() {}

    /** The text that everything follows from. */
    public static String text() {
        return System.getProperty(PROPERTY, DEFAULT);
    }

    /** Whether they are not those of the default build. */
    static boolean areFresh() {
        return !text().equals(DEFAULT);
    }

    /** A test begins. */
    static void begin(String name) {
        test = name;
        DRAWN.set(0);
    }

    /** The seed of that name. */
    public static long of(String name) {
        try {
            byte[] bytes = (text() + '\n' + name).getBytes(StandardCharsets.UTF_8);
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A source of its own for each caller. Not safe for threads. */
    public static RandomGenerator random() {
        return random(next());
    }

    /** The source of that name, from its beginning. Not safe for threads. */
    public static RandomGenerator random(String name) {
        return new SplittableRandom(of(name));
    }

    /** A source that is the same whatever the text is: for measurements whose figures are written down. Not safe for threads. */
    public static RandomGenerator always(long seed) {
        return new SplittableRandom(seed);
    }

    /** A source of its own for each caller. Safe for threads. */
    public static SecureRandom secure() {
        return secure(next());
    }

    /** The source of that name, from its beginning. Safe for threads. */
    public static SecureRandom secure(String name) {
        try {
            // Of the JDK's algorithms the one that a seed determines, when it is set before anything is drawn.
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

    /** A pair of its own for each caller. */
    public static KeyPair keys(String algorithm, AlgorithmParameterSpec spec) {
        return keys(algorithm, spec, next());
    }

    /** The pair of that name. */
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
