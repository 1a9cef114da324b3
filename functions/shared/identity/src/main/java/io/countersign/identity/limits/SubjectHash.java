package io.countersign.identity.limits;

import io.countersign.signing.base.Hmac;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;

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
        List<byte[]> texts = Stream.of(subject.accountId(), subject.roleId(), subject.voucher(), subject.subject())
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
        int length =
                texts.stream().mapToInt(text -> Integer.BYTES + text.length).sum();
        ByteBuffer hashed = ByteBuffer.allocate(2 * Long.BYTES + 1 + length)
                .putLong(seed.first())
                .putLong(seed.second())
                .put((byte) kind.ordinal());
        // Each with its length, so that two subjects cannot have one text.
        texts.forEach(text -> hashed.putInt(text.length).put(text));
        ByteBuffer hash = ByteBuffer.wrap(Hmac.Digests.sha256(hashed.array()));
        return new SubjectHash(hash.getLong(), hash.getLong());
    }

    int stripe(int stripes) {
        return Math.floorMod(second, stripes);
    }
}
