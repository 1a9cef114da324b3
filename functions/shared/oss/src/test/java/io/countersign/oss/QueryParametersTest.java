package io.countersign.oss;

import static io.countersign.oss.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class QueryParametersTest {
    @Test
    void distinguishesAMissingValueFromAnEmptyOne() throws OssRefusal {
        assertThat(QueryParameters.parse("acl&tagging=&x=1", EncodedText.URL).list())
                .containsExactly(
                        QueryParameter.bare("acl"), QueryParameter.of("tagging", ""), QueryParameter.of("x", "1"));
    }

    @Test
    void onlyTheFirstEqualsSignSeparates() throws OssRefusal {
        assertThat(QueryParameters.parse("Signature=a+b%3D==&=v", EncodedText.URL)
                        .list())
                .containsExactly(QueryParameter.of("Signature", "a b==="), QueryParameter.of("", "v"));
    }

    @Test
    void emptyPiecesAreSkipped() throws OssRefusal {
        assertThat(QueryParameters.parse("&&acl&", EncodedText.URL).list()).containsExactly(QueryParameter.bare("acl"));
        assertThat(QueryParameters.parse("", EncodedText.URL)).isEqualTo(QueryParameters.NONE);
    }

    @Test
    void namesAreDecodedAndKeepTheirCase() throws OssRefusal {
        QueryParameters query = QueryParameters.parse("%61cl&uploadId=U&uploadid=u", EncodedText.URL);
        assertThat(query.has("acl")).isTrue();
        assertThat(query.first("uploadId")).contains("U");
        assertThat(query.has("UPLOADID")).isFalse();
    }

    @Test
    void repeatedParametersAreKeptInOrder() throws OssRefusal {
        QueryParameters query = QueryParameters.parse("a=1&b=2&a=3", EncodedText.URL);
        assertThat(query.all("a")).containsExactly("1", "3");
        assertThat(query.first("a")).contains("1");
        assertThat(query.without("a").encoded()).isEqualTo("b=2");
        assertThat(query.and("a", "&").encoded()).isEqualTo("a=1&b=2&a=3&a=%26");
    }

    @Test
    void brokenEscapesAreRefused() {
        refused(OssError.INVALID_ARGUMENT, () -> QueryParameters.parse("prefix=%zz", EncodedText.URL));
        refused(OssError.INVALID_ARGUMENT, () -> QueryParameters.parse("%=x", EncodedText.URL));
    }

    @Test
    void aValueNeedsItsEqualsSign() {
        assertThatThrownBy(() -> new QueryParameter("a", "b", false)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theListCannotBeChangedFromOutside() {
        List<QueryParameter> list = new ArrayList<>(List.of(QueryParameter.bare("acl")));
        QueryParameters query = new QueryParameters(list);
        list.clear();
        assertThat(query.has("acl")).isTrue();
        assertThatThrownBy(() -> query.list().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Property
    void parsesEncodedParametersToThemselves(@ForAll @Size(max = 8) List<String> names, @ForAll String value)
            throws OssRefusal {
        QueryParameters query = QueryParameters.NONE;
        for (String name : names) {
            query = query.and(whole(name), whole(value));
            query = name.isEmpty() ? query : query.and(QueryParameter.bare(whole(name)));
        }
        assertThat(QueryParameters.parse(query.encoded(), EncodedText.URL)).isEqualTo(query);
    }

    private static String whole(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
