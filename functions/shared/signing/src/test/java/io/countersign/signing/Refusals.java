package io.countersign.signing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

final class Refusals {
    private Refusals() {}

    /** The call is refused with this entry of the catalogue. */
    static void assertRefused(ThrowingCallable call, OssError error) {
        assertThatThrownBy(call).isInstanceOfSatisfying(OssRefusal.class, refusal -> {
            if (refusal.error() != error) {
                throw new AssertionError("expected " + error + ", was " + refusal.error(), refusal);
            }
        });
    }
}
