package io.countersign.verify.explain;

import io.countersign.oss.EncodedText;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.PercentEncoding;
import io.countersign.signing.base.SigningTime;
import io.countersign.verify.decide.HeaderText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Tries other Content-Types than the request's: the most common trouble with presigned PUTs (docs/protocol.md 11, trouble 1). */
record OtherContentType() implements ClientMistakes.ClientMistake {
    private static final String NAME = "content-type";
    private static final List<String> USUAL = List.of(
            "application/octet-stream",
            "application/x-www-form-urlencoded",
            "application/json",
            "application/xml",
            "application/pdf",
            "application/zip",
            "binary/octet-stream",
            "image/jpeg",
            "image/jpg",
            "image/png",
            "image/gif",
            "image/webp",
            "image/svg+xml",
            "multipart/form-data",
            "text/css",
            "text/csv",
            "text/html",
            "text/plain",
            "text/xml",
            "audio/mpeg",
            "video/mp4");
    private static final List<String> CHARSETS =
            List.of(";charset=utf-8", "; charset=utf-8", ";charset=UTF-8", "; charset=UTF-8");

    @Override
    public List<ClientMistakes.Candidate> of(MismatchedRequest mismatched) {
        String sent = mismatched.header(NAME);
        return candidates(sent).stream()
                .map(type -> mismatched.signed(mismatched.withHeader(NAME, type), cause(type, sent)))
                .toList();
    }

    private static Set<String> candidates(String sent) {
        Set<String> types = new LinkedHashSet<>();
        types.add("");
        int semicolon = sent.indexOf(';');
        types.add(semicolon < 0 ? sent : sent.substring(0, semicolon).strip());
        types.add(sent.toLowerCase(Locale.ROOT));
        for (String charset : CHARSETS) {
            types.add(sent.isEmpty() ? "text/plain" + charset : sent + charset);
        }
        types.addAll(USUAL);
        types.remove(sent);
        return types;
    }

    private static Explained.Cause cause(String signed, String sent) {
        String first = signed.isEmpty()
                ? "It was signed without a Content-Type"
                : "The signed Content-Type is " + ShownText.Quoted.of(signed);
        String then = sent.isEmpty() ? " but sent without one" : " but sent with " + ShownText.Quoted.of(sent);
        String next = signed.isEmpty()
                ? "; send none (many HTTP libraries add one by themselves), or sign with the one that will be sent."
                : "; send exactly the signed one, or sign with what will be sent.";
        return new Explained.Cause("ContentType", first + then + next);
    }

    /** Tries a Content-MD5 that was added or lost after signing. */
    record OtherContentMd5() implements ClientMistakes.ClientMistake {
        private static final String NAME = "content-md5";
        private static final String OF_NOTHING = "1B2M2Y8AsgTpgAmY7PhCfg==";

        @Override
        public List<ClientMistakes.Candidate> of(MismatchedRequest mismatched) {
            List<ClientMistakes.Candidate> candidates = new ArrayList<>(2);
            if (mismatched.request().headers().has(NAME)) {
                candidates.add(
                        mismatched.signed(
                                mismatched.withHeader(NAME, ""),
                                new Explained.Cause(
                                        "ContentMd5",
                                        "It was signed without the Content-MD5 that was sent; leave the header out, or sign with it.")));
            }
            if (!mismatched.header(NAME).equals(OF_NOTHING)) {
                candidates.add(
                        mismatched.signed(
                                mismatched.withHeader(NAME, OF_NOTHING),
                                new Explained.Cause(
                                        "ContentMd5",
                                        "It was signed with the Content-MD5 of an empty body, which was not sent; send the header as it was signed, or sign without it.")));
            }
            return candidates;
        }
    }

    /** Tries the other verbs. */
    record OtherVerb() implements ClientMistakes.ClientMistake {
        @Override
        public List<ClientMistakes.Candidate> of(MismatchedRequest mismatched) {
            HttpMethod sent = mismatched.request().method();
            return Arrays.stream(HttpMethod.values())
                    .filter(verb -> verb != sent)
                    .map(verb -> mismatched.signed(
                            mismatched.with(verb),
                            new Explained.Cause(
                                    "OtherVerb",
                                    "It was signed for " + verb + " but sent as " + sent + "; send it as " + verb
                                            + ", or sign it for " + sent + ".")))
                    .toList();
        }
    }

    /** Tries other dates in the string to sign than the effective one, which is x-oss-date, or else Date (docs/protocol.md 1.1, 3). */
    record OtherDate() implements ClientMistakes.ClientMistake {
        private static final int V1_LINE = 3;

        @Override
        public List<ClientMistakes.Candidate> of(MismatchedRequest mismatched) {
            Set<String> dates = new LinkedHashSet<>();
            dates.add(mismatched.header("date"));
            dates.add(mismatched.header("x-oss-date"));
            for (String text : List.of(Texts.date(mismatched), mismatched.header("date"))) {
                Optional<Instant> moment = SigningTime.parse(text);
                if (moment.isPresent()) {
                    dates.add(SigningTime.iso(moment.get()));
                    dates.add(SigningTime.rfc1123(moment.get()));
                }
            }
            dates.add("");
            dates.remove(Texts.date(mismatched));
            List<ClientMistakes.Candidate> candidates = new ArrayList<>(dates.size());
            for (String date : dates) {
                candidates.addAll(of(mismatched, date));
            }
            return candidates;
        }

        private static List<ClientMistakes.Candidate> of(MismatchedRequest mismatched, String date) {
            Explained.Cause cause = new Explained.Cause(
                    "Date",
                    "The date in the signed text is " + (date.isEmpty() ? "empty" : ShownText.Quoted.of(date))
                            + " but the request's is " + ShownText.Quoted.of(Texts.date(mismatched))
                            + "; sign the value of x-oss-date exactly as it is sent, or that of Date where there is no x-oss-date.");
            return switch (mismatched.version()) {
                case V1 ->
                    Texts.v1(mismatched, cause, text -> {
                        List<String> lines = Texts.lines(text);
                        lines.set(V1_LINE, date);
                        return String.join("\n", lines);
                    });
                case V2 -> List.of();
                case V4 ->
                    Texts.v4(mismatched).stream()
                            .map(text -> Texts.scoped(mismatched, date, text, cause))
                            .toList();
            };
        }
    }

    /** Tries the request without headers that every signature covers and that may have been added after signing (docs/protocol.md 1.1, 3). */
    record AddedHeader() implements ClientMistakes.ClientMistake {
        @Override
        public List<ClientMistakes.Candidate> of(MismatchedRequest mismatched) {
            List<String> names = mismatched.request().headers().fields().stream()
                    .map(Headers.HeaderField::name)
                    .filter(name -> isSigned(mismatched, name))
                    .toList();
            return ParameterText.Subsets.of(names, "x-oss-callback").stream()
                    .map(some -> without(mismatched, some))
                    .toList();
        }

        /** Without the token, which {@link ParameterText.UnsignedToken} tries. */
        private static boolean isSigned(MismatchedRequest mismatched, String name) {
            return name.startsWith("x-oss-") && !name.equals("x-oss-security-token")
                    || OtherRegion.Signatures.additional(mismatched.signed()).contains(name);
        }

        private static ClientMistakes.Candidate without(MismatchedRequest mismatched, List<String> names) {
            Headers headers = mismatched.request().headers();
            for (String name : names) {
                headers = headers.without(name);
            }
            boolean one = names.size() == 1;
            boolean additional = names.stream().noneMatch(name -> name.startsWith("x-oss-"));
            if (additional) {
                return mismatched.signed(mismatched.with(headers), AdditionalHeaders.added(names));
            }
            return mismatched.signed(
                    mismatched.with(headers),
                    new Explained.Cause(
                            "HeaderNotSigned",
                            (one ? "The header " : "The headers ")
                                    + ParameterText.Subsets.listed(names)
                                    + (one ? " was" : " were")
                                    + " sent but not signed; every x-oss-* header that is sent is part of what is signed, so sign with "
                                    + (one ? "it" : "them") + " or leave " + (one ? "it" : "them") + " out."));
        }
    }

    /** Tries other bytes for header values beyond ASCII (docs/protocol.md 11, trouble 9). */
    record HeaderCharacters() implements ClientMistakes.ClientMistake {
        private static final String NEXT =
                "; headers carry ASCII safely and nothing else: percent-encode such values, or put them in Base64.";

        @Override
        public List<ClientMistakes.Candidate> of(MismatchedRequest mismatched) {
            List<ClientMistakes.Candidate> candidates = new ArrayList<>();
            change(mismatched, HeaderText::utf8, "were signed in UTF-8 but read as Latin-1 on their way", candidates);
            change(mismatched, HeaderCharacters::utf8AsLatin1, "were signed as Latin-1 but sent in UTF-8", candidates);
            change(
                    mismatched,
                    value -> value.replaceAll("[^\\x00-\\x7f]", "?"),
                    "were signed as question marks",
                    candidates);
            change(
                    mismatched,
                    HeaderCharacters::encoded,
                    "were signed percent-encoded but sent as they are",
                    candidates);
            change(
                    mismatched,
                    HeaderCharacters::decoded,
                    "were signed as they are but sent percent-encoded",
                    candidates);
            return candidates;
        }

        private static void change(
                MismatchedRequest mismatched,
                UnaryOperator<String> change,
                String how,
                List<ClientMistakes.Candidate> candidates) {
            List<Headers.HeaderField> fields = mismatched.request().headers().fields().stream()
                    .map(field -> field.name().startsWith("x-oss-")
                            ? new Headers.HeaderField(field.name(), change.apply(field.value()))
                            : field)
                    .toList();
            if (fields.equals(mismatched.request().headers().fields())) {
                return;
            }
            candidates.add(mismatched.signed(
                    mismatched.with(new Headers(fields)),
                    new Explained.Cause(
                            "HeaderCharacters", "Characters of an x-oss-* header (x-oss-meta-*) " + how + NEXT)));
        }

        private static String utf8AsLatin1(String value) {
            return new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        }

        private static String encoded(String value) {
            return value.chars().allMatch(c -> c < 0x80) ? value : PercentEncoding.encode(value);
        }

        private static String decoded(String value) {
            try {
                return PercentEncoding.decodeEscapes(value, EncodedText.URL);
            } catch (OssRefusal e) {
                return value;
            }
        }
    }
}
