package io.countersign.upstream.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.countersign.http.Bytes;
import io.countersign.oss.Body.DeletedObject;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bodies of clients that are read, judged and written anew. */
class BodiesTest {
    @Test
    void readsTheKeysToDelete() throws OssRefusal {
        DeleteList list = DeleteList.parse(Bytes.utf8("""
                <?xml version="1.0"?><Delete><Quiet> true </Quiet>
                <Object><Key> a/&lt;b&gt; </Key></Object><Object><Key>c</Key><VersionId>v1</VersionId></Object></Delete>"""));
        assertThat(list)
                .isEqualTo(new DeleteList(
                        true, List.of(DeletedObject.of(" a/<b> "), new DeletedObject("c", Optional.of("v1")))));
        assertThat(DeleteList.parse(list.document())).isEqualTo(list);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<Delete/>",
                "<Delete>text</Delete>",
                "<delete><Object><Key>a</Key></Object></delete>",
                "<Delete><Object/></Delete>",
                "<Delete><Object><Key>a</Key><Key>b</Key></Object></Delete>",
                "<Delete><Object><Key><Key>a</Key></Key></Object></Delete>",
                "<Delete><Object><Key>a</Key><BypassGovernanceRetention>true</BypassGovernanceRetention></Object></Delete>",
                "<Delete><Object><Key>a</Key></Object><Object><Key>a</Key></Object></Delete>",
                "<Delete><Quiet>yes</Quiet><Object><Key>a</Key></Object></Delete>",
                "<Delete><Quiet>true</Quiet><Quiet>true</Quiet><Object><Key>a</Key></Object></Delete>",
                "<Delete><MfaDelete/><Object><Key>a</Key></Object></Delete>",
                "<!DOCTYPE Delete><Delete><Object><Key>a</Key></Object></Delete>",
                "not XML"
            })
    void refusesOtherKeysToDelete(String body) {
        assertMalformed(() -> DeleteList.parse(Bytes.utf8(body)));
    }

    @Test
    void boundsTheKeysToDelete() throws OssRefusal {
        assertThat(DeleteList.parse(deleting(1_000)).objects()).hasSize(1_000);
        assertMalformed(() -> DeleteList.parse(deleting(1_001)));
    }

    @Test
    void readsTheParts() throws OssRefusal {
        PartList list = PartList.parse(Bytes.utf8("""
                <CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>"a"</ETag></Part>
                <Part><ETag>b</ETag><PartNumber> 10000 </PartNumber></Part></CompleteMultipartUpload>"""));
        assertThat(list)
                .isEqualTo(new PartList(List.of(new PartList.Part(1, "\"a\""), new PartList.Part(10_000, "b"))));
        assertThat(PartList.parse(list.document())).isEqualTo(list);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<CompleteMultipartUpload/>",
                "<Complete><Part><PartNumber>1</PartNumber><ETag>a</ETag></Part></Complete>",
                "<CompleteMultipartUpload><Part><PartNumber>0</PartNumber><ETag>a</ETag></Part></CompleteMultipartUpload>",
                "<CompleteMultipartUpload><Part><PartNumber>10001</PartNumber><ETag>a</ETag></Part></CompleteMultipartUpload>",
                "<CompleteMultipartUpload><Part><PartNumber>-1</PartNumber><ETag>a</ETag></Part></CompleteMultipartUpload>",
                "<CompleteMultipartUpload><Part><PartNumber>99999999999</PartNumber><ETag>a</ETag></Part></CompleteMultipartUpload>",
                "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber></Part></CompleteMultipartUpload>",
                "<CompleteMultipartUpload><Part><ETag>a</ETag></Part></CompleteMultipartUpload>",
                "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>a</ETag><Key>b</Key></Part></CompleteMultipartUpload>"
            })
    void refusesOtherParts(String body) {
        assertMalformed(() -> PartList.parse(Bytes.utf8(body)));
    }

    @Test
    void readsTheTags() throws OssRefusal {
        TagList list = TagList.parse(
                Bytes.utf8(
                        "<Tagging><TagSet><Tag><Key>a</Key><Value>1 &amp; 2</Value></Tag><Tag><Key>b</Key><Value/></Tag></TagSet></Tagging>"));
        assertThat(list).isEqualTo(new TagList(List.of(new TagList.Tag("a", "1 & 2"), new TagList.Tag("b", ""))));
        assertThat(TagList.parse(list.document())).isEqualTo(list);
        assertThat(TagList.parse(Bytes.utf8("<Tagging><TagSet/></Tagging>")).tags())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<Tagging/>",
                "<Tagging><TagSet/><TagSet/></Tagging>",
                "<Tagging><TagSet><Tag><Key>a</Key></Tag></TagSet></Tagging>",
                "<Tagging><TagSet><Tag><Key>a</Key><Value>1</Value></Tag><Tag><Key>a</Key><Value>2</Value></Tag></TagSet></Tagging>",
                "<Tagging><TagSet><Tag><Key>a</Key><Value>1</Value><Value>2</Value></Tag></TagSet></Tagging>"
            })
    void refusesOtherTags(String body) {
        assertMalformed(() -> TagList.parse(Bytes.utf8(body)));
    }

    @Test
    void boundsTheTags() {
        String tags = IntStream.range(0, 11)
                .mapToObj(i -> "<Tag><Key>k" + i + "</Key><Value/></Tag>")
                .collect(Collectors.joining());
        assertMalformed(() -> TagList.parse(Bytes.utf8("<Tagging><TagSet>" + tags + "</TagSet></Tagging>")));
    }

    private static Bytes deleting(int count) {
        StringBuilder body = new StringBuilder("<Delete>");
        for (int i = 0; i < count; i++) {
            body.append("<Object><Key>k").append(i).append("</Key></Object>");
        }
        return Bytes.utf8(body.append("</Delete>").toString());
    }

    private static void assertMalformed(ThrowingCallable reading) {
        assertThatExceptionOfType(OssRefusal.class)
                .isThrownBy(reading)
                .satisfies(refusal -> assertThat(refusal.error()).isEqualTo(OssError.MALFORMED_XML));
    }
}
