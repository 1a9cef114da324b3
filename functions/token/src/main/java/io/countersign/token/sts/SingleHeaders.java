package io.countersign.token.sts;

import io.countersign.http.Call;
import io.countersign.oss.OuterSpace;
import java.util.List;
import java.util.Optional;

/** The headers of a call that may each stand once. */
record SingleHeaders(Call call) {
    static final String ACTION = "x-acs-action";
    static final String VERSION = "x-acs-version";
    static final String DATE = "x-acs-date";
    static final String NONCE = "x-acs-signature-nonce";
    static final String HASH = "x-acs-content-sha256";
    static final String TOKEN = "x-acs-security-token";
    static final String AUTHORIZATION = "authorization";

    /** @throws StsRefusal when it stands more than once */
    Optional<String> optional(String name) throws StsRefusal {
        List<String> values = call.headerValues(name);
        if (values.size() > 1) {
            throw new StsRefusal(
                    StsError.INCOMPLETE_SIGNATURE, "The header " + name + " is sent more than once; send it once.");
        }
        return values.isEmpty()
                ? Optional.empty()
                : Optional.of(OuterSpace.trim(values.getFirst())).filter(v -> !v.isEmpty());
    }

    /** @throws StsRefusal when it is not there, or stands more than once */
    String required(String name) throws StsRefusal {
        return optional(name)
                .orElseThrow(() ->
                        new StsRefusal(StsError.INCOMPLETE_SIGNATURE, "The header " + name + " is missing; send it."));
    }
}
