package io.countersign.verify.explain;

import io.countersign.oss.Headers;
import io.countersign.verify.decide.SubmittedForm;
import java.util.List;
import java.util.Optional;

/**
 * A request as far as its text tells something about a refusal; nothing of it is decoded or believed.
 *
 * @param url as it came
 * @param headers as they came
 * @param form of a POST upload
 */
public record SeenRequest(String url, Headers headers, Optional<SubmittedForm> form) {
    private static final List<String> FORM_V1 = List.of("OSSAccessKeyId", "Signature");
    private static final List<String> FORM_V4 =
            List.of("x-oss-signature-version", "x-oss-credential", "x-oss-signature");

    /** Whether it presents a signature, or a part of one. */
    boolean isSigned() {
        return form.isPresent()
                ? hasField(FORM_V1) || hasField(FORM_V4) || hasField(List.of("policy"))
                : headers.has("authorization") || UrlSignature.of(url).isPresent();
    }

    /** Whether it is a form with the fields of V1 and of V4, of which a server looks at those of one. */
    boolean hasFormOfTwoVersions() {
        return hasField(FORM_V1) && hasField(FORM_V4);
    }

    private boolean hasField(List<String> names) {
        return form.stream()
                .flatMap(submitted -> submitted.fields().stream())
                .anyMatch(field -> names.contains(field.name()));
    }
}
