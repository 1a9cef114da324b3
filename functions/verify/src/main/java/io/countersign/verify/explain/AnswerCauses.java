package io.countersign.verify.explain;

import io.countersign.oss.PercentEncoding;
import java.util.Optional;

/** Explains a server's error by its EC, its AccessDeniedDetail, and its code. This needs no secret. */
public final class AnswerCauses {
    private static final String UNKNOWN = "UnknownAnswer";
    private static final String PAGES = "https://api.aliyun.com/troubleshoot?q=";
    /** The most characters of a code in the URL of a page. */
    private static final int MAX_CODE = 64;

    private AnswerCauses() {}

    /** @param request the refused request, if it is at hand: its text may explain more than the answer */
    public static Explained.Cause of(ServerError error, Optional<SeenRequest> request) {
        Optional<AnswerRow> row = AnswerTable.KNOWN.byEc(error).or(() -> AnswerTable.KNOWN.byCode(error));
        return row.filter(AnswerRow::ofText)
                .flatMap(known -> request.flatMap(seen -> ofText(known, error, seen))
                        .map(cause -> new Explained.Cause(
                                cause.code(), cause.sentence(), error.page().or(known::page))))
                .orElseGet(() -> of(error, row, request));
    }

    private static Explained.Cause of(ServerError error, Optional<AnswerRow> row, Optional<SeenRequest> request) {
        AnswerValues values = new AnswerValues(error, request);
        Optional<AnswerRow> denial = AnswerTable.KNOWN.byDenial(error);
        if (row.isEmpty() && denial.isEmpty()) {
            return unknown(error);
        }
        AnswerRow first = row.filter(known -> !known.less())
                .or(() -> denial)
                .or(() -> row)
                .orElseThrow();
        StringBuilder sentence = new StringBuilder(first.sentence().fill(values::value));
        denial.filter(detail -> !detail.equals(first))
                .ifPresent(
                        detail -> sentence.append(' ').append(detail.sentence().fill(values::value)));
        if (error.ec().isPresent() && AnswerTable.KNOWN.byEc(error).isEmpty()) {
            sentence.append(" Its EC ").append(error.ec().get()).append(" is not known here; its page says more.");
        }
        return new Explained.Cause(
                first.cause(), sentence.toString(), error.page().or(first::page));
    }

    /** Finds the cause of such an answer in the request's own text. */
    private static Optional<Explained.Cause> ofText(AnswerRow row, ServerError error, SeenRequest request) {
        if (request.hasFormOfTwoVersions()) {
            return Optional.of(AnswerTable.KNOWN.named("FormOfTwoVersions"));
        }
        return UrlText.cause(request).or(() -> switch (row.cause()) {
            case "NotAllowed", "AccessDenied", "NotSigned" ->
                request.isSigned() ? Optional.empty() : Optional.of(AnswerTable.KNOWN.named(unsigned(request)));
            case "UnknownAccessKey" -> MissingToken.cause(error, request).or(() -> CopiedKeyId.cause(error));
            case "BucketName" -> BucketInHost.cause(request);
            case "TokenInvalid" ->
                UrlText.hasPlusInToken(request.url())
                        ? Optional.of(AnswerTable.KNOWN.named("TokenText"))
                        : Optional.empty();
            default -> Optional.empty();
        });
    }

    /** Whether the table knows the error. */
    static boolean isKnown(Explained.Cause cause) {
        return !cause.code().equals(UNKNOWN);
    }

    /** The name of the row for a request without a signature. */
    static String unsigned(SeenRequest request) {
        return request.form().isPresent() ? "FormNotSigned" : "NotSigned";
    }

    private static Explained.Cause unknown(ServerError error) {
        String code = ShownText.Quoted.of(error.code());
        String message =
                error.message().isBlank() ? "" : " and says " + ShownText.Quoted.of(ShownText.of(error.message()));
        String what = error.ec()
                .map(ec -> "The EC " + ec + " of the answer is not known here, and neither is its code " + code)
                .orElse("The code " + code + " of the answer is not known here");
        return new Explained.Cause(
                UNKNOWN,
                what + "; the server refused for a reason of its own" + message + ". The page says more.",
                error.page().or(() -> Optional.of(PAGES + PercentEncoding.encode(pageName(error.code())))));
    }

    private static String pageName(String code) {
        return code.substring(0, Math.min(code.length(), MAX_CODE));
    }

    /** Recognizes an access key id that was copied with white space around it, which is another key to a server. */
    static final class CopiedKeyId {
        private CopiedKeyId() {}

        /** Empty when the id in the error has no white space around it. */
        static Optional<Explained.Cause> cause(ServerError error) {
            return error.element("OSSAccessKeyId")
                    .filter(id -> !id.isBlank() && !id.equals(id.strip()))
                    .map(id -> AnswerTable.KNOWN.named("AccessKeyIdCopied"));
        }
    }
}
