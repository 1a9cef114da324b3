package io.countersign.verify.explain;

import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.PercentEncoding;
import io.countersign.oss.QueryParameters;
import io.countersign.signing.CredentialScope;
import io.countersign.signing.RequestCredentials;
import io.countersign.signing.base.Paths;
import io.countersign.signing.base.SigningTime;
import io.countersign.signing.request.SelfSignature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The exact texts of a request, for mistakes that no other request stands for. They are signed and compared, never shown. */
final class Texts {
    private Texts() {}

    /** V1's string to sign; empty for the other versions, and where V1 could not tell the request from another. */
    static Optional<String> v1(MismatchedRequest failed) {
        return v1(failed, failed.request());
    }

    /** V1's string to sign without any parameter: it ends with the path. */
    static Optional<String> v1Path(MismatchedRequest failed) {
        return v1(failed, failed.with(QueryParameters.NONE));
    }

    /** V4's canonical request; empty for the other versions. */
    static Optional<String> v4(MismatchedRequest failed) {
        return switch (failed.signed()) {
            case RequestCredentials.V4Header header ->
                Optional.of(SelfSignature.canonicalRequest(failed.request(), header.additionalHeaders(), false));
            case RequestCredentials.V4Url url ->
                Optional.of(SelfSignature.canonicalRequest(failed.request(), url.additionalHeaders(), true));
            case RequestCredentials.V1Header other -> Optional.empty();
            case RequestCredentials.V1Url other -> Optional.empty();
            case RequestCredentials.V2Header other -> Optional.empty();
            case RequestCredentials.V2Url other -> Optional.empty();
        };
    }

    /** The canonical request with other lines in place of some; nothing when they are the same. */
    static List<ClientMistakes.Candidate> v4(
            MismatchedRequest failed, Explained.Cause cause, UnaryOperator<List<String>> change) {
        Optional<String> text = v4(failed);
        if (text.isEmpty()) {
            return List.of();
        }
        String changed = String.join("\n", change.apply(lines(text.get())));
        return changed.equals(text.get()) ? List.of() : List.of(scoped(failed, changed, cause));
    }

    /** V1's string to sign, changed; nothing when it is the same. */
    static List<ClientMistakes.Candidate> v1(
            MismatchedRequest failed, Explained.Cause cause, UnaryOperator<String> change) {
        Optional<String> text = v1(failed);
        if (text.isEmpty()) {
            return List.of();
        }
        String changed = change.apply(text.get());
        return changed.equals(text.get())
                ? List.of()
                : List.of(new ClientMistakes.Candidate(new ClientMistakes.SignedInput.AsText(changed), cause));
    }

    /**
     * The signature over another path, which no target gives.
     *
     * @param path decoded, as V1 signs it
     */
    static List<ClientMistakes.Candidate> withPath(MismatchedRequest failed, String path, Explained.Cause cause) {
        return switch (failed.version()) {
            case V1 -> {
                Optional<String> ending = v1Path(failed);
                String own = Paths.of(failed.request().target());
                yield ending.isEmpty()
                        ? List.of()
                        : v1(
                                failed,
                                cause,
                                text -> text.substring(0, ending.get().length() - own.length())
                                        + path
                                        + text.substring(ending.get().length()));
            }
            case V2 -> List.of();
            case V4 -> withRawPath(failed, PercentEncoding.encodePath(path), cause);
        };
    }

    /** V4's path line as it stands here; nothing for the other versions. */
    static List<ClientMistakes.Candidate> withRawPath(MismatchedRequest failed, String encoded, Explained.Cause cause) {
        return v4(failed, cause, lines -> {
            lines.set(1, encoded);
            return lines;
        });
    }

    /** The signature over another canonical request. */
    static ClientMistakes.Candidate scoped(MismatchedRequest failed, String canonicalRequest, Explained.Cause cause) {
        return scoped(failed, date(failed), canonicalRequest, cause);
    }

    /** The signature over another canonical request, another moment in its string to sign. */
    static ClientMistakes.Candidate scoped(
            MismatchedRequest failed, String date, String canonicalRequest, Explained.Cause cause) {
        CredentialScope scope = scope(failed.signed()).orElseThrow();
        return new ClientMistakes.Candidate(
                new ClientMistakes.SignedInput.AsScopedText(
                        SelfSignature.stringToSign(date, scope, canonicalRequest), scope),
                cause);
    }

    /** The moment as the request writes it: the date line of its string to sign. */
    static String date(MismatchedRequest failed) {
        return switch (failed.signed()) {
            case RequestCredentials.V1Url url -> Long.toString(url.expires());
            case RequestCredentials.V2Url url -> Long.toString(url.expires());
            case RequestCredentials.V4Url url -> url.date();
            case RequestCredentials.V1Header header -> dateHeader(failed);
            case RequestCredentials.V2Header header -> dateHeader(failed);
            case RequestCredentials.V4Header header -> dateHeader(failed);
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

    /** A list that may be changed. */
    static List<String> lines(String text) {
        return new ArrayList<>(Arrays.asList(text.split("\n", -1)));
    }

    private static String dateHeader(MismatchedRequest failed) {
        return SigningTime.RequestDate.of(failed.request().headers()).orElse("");
    }

    private static Optional<String> v1(MismatchedRequest failed, OssRequest request) {
        return switch (failed.version()) {
            case V1 -> {
                try {
                    yield Optional.of(SelfSignature.stringToSign(request, date(failed)));
                } catch (OssRefusal ambiguous) {
                    yield Optional.empty();
                }
            }
            case V2, V4 -> Optional.empty();
        };
    }
}
