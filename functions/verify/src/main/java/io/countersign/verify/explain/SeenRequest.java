package io.countersign.verify.explain;

import io.countersign.oss.Headers;
import io.countersign.verify.decide.SubmittedForm;
import java.util.List;
import java.util.Optional;

/**
 * The text of a request, which may explain a refusal. Nothing of it is decoded or trusted.
 *
 * @param url the URL as it was received
 * @param headers the headers as they were received
 * @param form the form of a POST upload
 */
public record SeenRequest(String url, Headers headers, Optional<SubmittedForm> form) {
    private static final List<String> FORM_V1 = List.of("OSSAccessKeyId", "Signature");
    private static final List<String> FORM_V4 =
            List.of("x-oss-signature-version", "x-oss-credential", "x-oss-signature");

    /** Whether the request contains a signature, or a part of one. */
    boolean isSigned() {
        return form.isPresent()
                ? hasField(FORM_V1) || hasField(FORM_V4) || hasField(List.of("policy"))
                : headers.has("authorization") || UrlSignature.of(url).isPresent();
    }

    /** Whether the form has the fields of V1 and of V4; a server reads those of one version. */
    boolean hasFormOfTwoVersions() {
        return hasField(FORM_V1) && hasField(FORM_V4);
    }

    private boolean hasField(List<String> names) {
        return form.stream()
                .flatMap(submitted -> submitted.fields().stream())
                .anyMatch(field -> names.contains(field.name()));
    }
}
