package io.countersign.verify.explain;

import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.PercentEncoding;
import io.countersign.oss.QueryParameters;
import io.countersign.signing.CredentialScope;
import io.countersign.signing.RequestCredentials;
import io.countersign.signing.SelfSignature;
import io.countersign.signing.base.Paths;
import io.countersign.signing.base.SigningTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Builds the exact texts of a request, for mistakes that no other request represents. They are signed and compared, never shown. */
final class Texts {
    private Texts() {}

    /** V1's string to sign; empty for the other versions, and for a request that V1 cannot distinguish from another. */
    static Optional<String> v1(MismatchedRequest mismatched) {
        return v1(mismatched, mismatched.request());
    }

    /** V1's string to sign without parameters, which ends with the path. */
    static Optional<String> v1Path(MismatchedRequest mismatched) {
        return v1(mismatched, mismatched.with(QueryParameters.NONE));
    }

    /** V4's canonical request; empty for the other versions. */
    static Optional<String> v4(MismatchedRequest mismatched) {
        return switch (mismatched.signed()) {
            case RequestCredentials.V4Header header ->
                Optional.of(SelfSignature.canonicalRequest(mismatched.request(), header.additionalHeaders(), false));
            case RequestCredentials.V4Url url ->
                Optional.of(SelfSignature.canonicalRequest(mismatched.request(), url.additionalHeaders(), true));
            case RequestCredentials.V1Header other -> Optional.empty();
            case RequestCredentials.V1Url other -> Optional.empty();
            case RequestCredentials.V2Header other -> Optional.empty();
            case RequestCredentials.V2Url other -> Optional.empty();
        };
    }

    /** The canonical request with some lines replaced; nothing when that changes nothing. */
    static List<ClientMistakes.Candidate> v4(
            MismatchedRequest mismatched, Explained.Cause cause, UnaryOperator<List<String>> change) {
        Optional<String> text = v4(mismatched);
        if (text.isEmpty()) {
            return List.of();
        }
        String changed = String.join("\n", change.apply(lines(text.get())));
        return changed.equals(text.get()) ? List.of() : List.of(scoped(mismatched, changed, cause));
    }

    /** V1's string to sign with a change; nothing when that changes nothing. */
    static List<ClientMistakes.Candidate> v1(
            MismatchedRequest mismatched, Explained.Cause cause, UnaryOperator<String> change) {
        Optional<String> text = v1(mismatched);
        if (text.isEmpty()) {
            return List.of();
        }
        String changed = change.apply(text.get());
        return changed.equals(text.get())
                ? List.of()
                : List.of(new ClientMistakes.Candidate(new ClientMistakes.SignedInput.AsText(changed), cause));
    }

    /**
     * A signature over a path that no target produces.
     *
     * @param path decoded, as V1 signs it
     */
    static List<ClientMistakes.Candidate> withPath(MismatchedRequest mismatched, String path, Explained.Cause cause) {
        return switch (mismatched.version()) {
            case V1 -> {
                Optional<String> ending = v1Path(mismatched);
                String own = Paths.of(mismatched.request().target());
                yield ending.isEmpty()
                        ? List.of()
                        : v1(
                                mismatched,
                                cause,
                                text -> text.substring(0, ending.get().length() - own.length())
                                        + path
                                        + text.substring(ending.get().length()));
            }
            case V2 -> List.of();
            case V4 -> withRawPath(mismatched, PercentEncoding.encodePath(path), cause);
        };
    }

    /** V4's canonical request with this path line; nothing for the other versions. */
    static List<ClientMistakes.Candidate> withRawPath(
            MismatchedRequest mismatched, String encoded, Explained.Cause cause) {
        return v4(mismatched, cause, lines -> {
            lines.set(1, encoded);
            return lines;
        });
    }

    /** A signature over another canonical request. */
    static ClientMistakes.Candidate scoped(
            MismatchedRequest mismatched, String canonicalRequest, Explained.Cause cause) {
        return scoped(mismatched, date(mismatched), canonicalRequest, cause);
    }

    /** A signature over another canonical request, with another date in the string to sign. */
    static ClientMistakes.Candidate scoped(
            MismatchedRequest mismatched, String date, String canonicalRequest, Explained.Cause cause) {
        CredentialScope scope = scope(mismatched.signed()).orElseThrow();
        return new ClientMistakes.Candidate(
                new ClientMistakes.SignedInput.AsScopedText(
                        SelfSignature.stringToSign(date, scope, canonicalRequest), scope),
                cause);
    }

    /** The date line of the string to sign, as the request writes it. */
    static String date(MismatchedRequest mismatched) {
        return switch (mismatched.signed()) {
            case RequestCredentials.V1Url url -> Long.toString(url.expires());
            case RequestCredentials.V2Url url -> Long.toString(url.expires());
            case RequestCredentials.V4Url url -> url.date();
            case RequestCredentials.V1Header header -> dateHeader(mismatched);
            case RequestCredentials.V2Header header -> dateHeader(mismatched);
            case RequestCredentials.V4Header header -> dateHeader(mismatched);
        };
    }

    static Optional<CredentialScope> scope(RequestCredentials.Signed signed) {
        return switch (signed) {
            case RequestCredentials.V4Header header -> Optional.of(header.scope());
            case RequestCredentials.V4Url url -> Optional.of(url.scope());
            case RequestCredentials.V1Header other -> Optional.empty();
            case RequestCredentials.V1Url other -> Optional.empty();
            case RequestCredentials.V2Header other -> Optional.empty();
            case RequestCredentials.V2Url other -> Optional.empty();
        };
    }

    /** A mutable list of the lines. */
    static List<String> lines(String text) {
        return new ArrayList<>(Arrays.asList(text.split("\n", -1)));
    }

    private static String dateHeader(MismatchedRequest mismatched) {
        return SigningTime.RequestDate.of(mismatched.request().headers()).orElse("");
    }

    private static Optional<String> v1(MismatchedRequest mismatched, OssRequest request) {
        return switch (mismatched.version()) {
            case V1 -> {
                try {
                    yield Optional.of(SelfSignature.stringToSign(request, date(mismatched)));
                } catch (OssRefusal ambiguous) {
                    yield Optional.empty();
                }
            }
            case V2, V4 -> Optional.empty();
        };
    }
}
