package io.countersign.verify.explain;

import io.countersign.signing.CredentialScope;
import io.countersign.signing.Presented;
import java.util.List;

/** What a request presents, with one part changed. */
final class Signatures {
    private Signatures() {}

    /** The names of the headers that V2 and V4 sign besides those that they sign always. */
    static List<String> additional(Presented.Signed signed) {
        return switch (signed) {
            case Presented.V2Header v2 -> v2.additionalHeaders();
            case Presented.V2Url v2 -> v2.additionalHeaders();
            case Presented.V4Header v4 -> v4.additionalHeaders();
            case Presented.V4Url v4 -> v4.additionalHeaders();
            case Presented.V1Header v1 -> List.of();
            case Presented.V1Url v1 -> List.of();
        };
    }

    static Presented.Signed withSignature(Presented.Signed signed, String text) {
        return switch (signed) {
            case Presented.V1Header v1 -> new Presented.V1Header(v1.accessKeyId(), text, v1.securityToken());
            case Presented.V1Url v1 -> new Presented.V1Url(v1.accessKeyId(), text, v1.securityToken(), v1.expires());
            case Presented.V2Header v2 ->
                new Presented.V2Header(v2.accessKeyId(), text, v2.securityToken(), v2.additionalHeaders());
            case Presented.V2Url v2 ->
                new Presented.V2Url(v2.accessKeyId(), text, v2.securityToken(), v2.additionalHeaders(), v2.expires());
            case Presented.V4Header v4 ->
                new Presented.V4Header(v4.scope(), text, v4.securityToken(), v4.additionalHeaders());
            case Presented.V4Url v4 ->
                new Presented.V4Url(
                        v4.scope(), text, v4.securityToken(), v4.additionalHeaders(), v4.date(), v4.expiresSeconds());
        };
    }

    /** The same for V1 and V2, which have no scope. */
    static Presented.Signed withScope(Presented.Signed signed, CredentialScope scope) {
        return switch (signed) {
            case Presented.V1Header other -> other;
            case Presented.V1Url other -> other;
            case Presented.V2Header other -> other;
            case Presented.V2Url other -> other;
            case Presented.V4Header v4 ->
                new Presented.V4Header(scope, v4.signature(), v4.securityToken(), v4.additionalHeaders());
            case Presented.V4Url v4 ->
                new Presented.V4Url(
                        scope,
                        v4.signature(),
                        v4.securityToken(),
                        v4.additionalHeaders(),
                        v4.date(),
                        v4.expiresSeconds());
        };
    }
}
