package io.countersign.oss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Expects refusals in OSS's terms. */
final class Refusals {
    private Refusals() {}

    static OssRefusal refused(OssError error, ThrowingCallable call) {
        OssRefusal refusal = catchThrowableOfType(OssRefusal.class, call);
        assertThat(refusal).as("a refusal").isNotNull();
        assertThat(refusal.error()).isEqualTo(error);
        assertThat(refusal.text()).isNotBlank();
        return refusal;
    }
}
