package io.countersign.oss;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DecodedPathTest {
    @Property
    void isTheDecodedTextWhereverItStandsInTheUrl(@ForAll("raw") String raw) throws OssRefusal {
        String decoded = PercentEncoding.decode(raw, EncodedText.URL);
        DecodedPath path = DecodedPath.of("http://h/" + raw + "?a/b", 8, 9 + raw.length());

        assertThat(path.whole()).isEqualTo(decoded);
        assertThat(path.first()).isEqualTo(decoded.split("/", 2)[0]);
        assertThat(path.rest()).isEqualTo(decoded.contains("/") ? decoded.split("/", 2)[1] : "");
        assertThat(path.isSlashes()).isEqualTo(decoded.matches("/*"));
    }

    @Property
    void aUrlWithoutAPathHasNone(@ForAll("raw") String raw) throws OssRefusal {
        DecodedPath path = DecodedPath.of("http://h" + raw, 8, 8);

        assertThat(path.whole()).isEmpty();
        assertThat(path.isSlashes()).isTrue();
    }

    @Provide
    Arbitrary<String> raw() {
        return Arbitraries.of("a", "/", "%2F", "+", "%25", "é", "bucket", "%E4%B8%AD")
                .list()
                .ofMaxSize(5)
                .map(parts -> String.join("", parts));
    }
}
