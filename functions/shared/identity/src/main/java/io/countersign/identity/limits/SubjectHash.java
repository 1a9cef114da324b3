package io.countersign.identity.limits;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/** 128 bits of the SHA-256 of a seed and a subject, in the place of the subject's texts. */
record SubjectHash(long first, long second) {
    /** A secret of this process. */
    record Seed(long first, long second) {
        static Seed draw(SecureRandom random) {
            return new Seed(random.nextLong(), random.nextLong());
        }

        @Override
        public String toString() {
            return "Seed";
        }
    }

    static SubjectHash of(Seed seed, SubjectLimits.Kind kind, LimitedSubject subject) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(ByteBuffer.allocate(2 * Long.BYTES + 1)
                    .putLong(seed.first())
                    .putLong(seed.second())
                    .put((byte) kind.ordinal())
                    .flip());
            update(digest, subject.accountId());
            update(digest, subject.roleId());
            update(digest, subject.voucher());
            update(digest, subject.subject());
            ByteBuffer hash = ByteBuffer.wrap(digest.digest());
            return new SubjectHash(hash.getLong(), hash.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** With its length, so that two subjects cannot have one text. */
    private static void update(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        digest.update(bytes);
    }

    int stripe(int stripes) {
        return Math.floorMod(second, stripes);
    }
}
