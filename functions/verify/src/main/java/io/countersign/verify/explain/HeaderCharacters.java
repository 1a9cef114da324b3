package io.countersign.verify.explain;

import io.countersign.oss.EncodedText;
import io.countersign.oss.HeaderField;
import io.countersign.oss.Headers;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.PercentEncoding;
import io.countersign.verify.forwardauth.HeaderText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Header values beyond ASCII, which were signed as other bytes than were sent (protocol.md 11, trouble 9). */
record HeaderCharacters() implements NearMiss {
    private static final String NEXT =
            "; headers carry ASCII safely and nothing else: percent-encode such values, or put them in Base64.";

    @Override
    public List<Variation> of(Failed failed) {
        List<Variation> variations = new ArrayList<>();
        change(failed, HeaderText::utf8, "were signed in UTF-8 but read as Latin-1 on their way", variations);
        change(failed, HeaderCharacters::utf8AsLatin1, "were signed as Latin-1 but sent in UTF-8", variations);
        change(failed, value -> value.replaceAll("[^\\x00-\\x7f]", "?"), "were signed as question marks", variations);
        change(failed, HeaderCharacters::encoded, "were signed percent-encoded but sent as they are", variations);
        change(failed, HeaderCharacters::decoded, "were signed as they are but sent percent-encoded", variations);
        return variations;
    }

    private static void change(Failed failed, UnaryOperator<String> change, String how, List<Variation> variations) {
        List<HeaderField> fields = failed.request().headers().fields().stream()
                .map(field -> field.name().startsWith("x-oss-")
                        ? new HeaderField(field.name(), change.apply(field.value()))
                        : field)
                .toList();
        if (fields.equals(failed.request().headers().fields())) {
            return;
        }
        variations.add(failed.signed(
                failed.with(new Headers(fields)),
                new Cause("HeaderCharacters", "Characters of an x-oss-* header (x-oss-meta-*) " + how + NEXT)));
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
