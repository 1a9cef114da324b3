package io.countersign.upstream.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.countersign.http.Bytes;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.QueryParameters;
import io.countersign.registry.Bucket;
import io.countersign.registry.Upstream;
import io.countersign.upstream.xml.MalformedXmlException;
import io.countersign.upstream.xml.XmlElement;
import io.countersign.upstream.xml.XmlReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists as the stores write them: AWS, Ceph and MinIO differ in what they leave out and how they encode. */
class S3ListsTest {
    private static final Bucket BUCKET = TranslatedStore.bucket(new Upstream(
            Upstream.Protocol.S3,
            new Upstream.Endpoint(true, "s3.example", 443),
            "us-east-1",
            "physical",
            true,
            new Upstream.Signer.ForeignKey("AKUPSTREAM")));

    private static final String OBJECT = """
            <Contents><Key>%s</Key><LastModified>2026-11-29T14:36:08.123Z</LastModified><ETag>&quot;a&quot;</ETag>\
            <Size>5</Size><Owner><ID>their-owner</ID><DisplayName>their-name</DisplayName></Owner>\
            <StorageClass>%s</StorageClass><ChecksumAlgorithm>CRC64NVME</ChecksumAlgorithm></Contents>""";

    @Test
    void hasTheElementsOfOssAndNothingOfTheStore() throws Exception {
        XmlElement list = objects(
                QueryParameters.NONE.and("prefix", "a b").and("delimiter", "/"),
                "<Name>physical</Name><IsTruncated>false</IsTruncated><EncodingType>url</EncodingType>"
                        + OBJECT.formatted("a+b%2Bc%252F%01", "STANDARD_IA")
                        + "<CommonPrefixes><Prefix>a+b/</Prefix></CommonPrefixes>");
        assertThat(list.document().utf8())
                .isEqualTo("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ListBucketResult><Name>app-photos</Name>"
                        + "<Prefix>a b</Prefix><Marker></Marker><MaxKeys>100</MaxKeys><Delimiter>/</Delimiter>"
                        + "<IsTruncated>false</IsTruncated><Contents><Key>a b+c%2F\uFFFD</Key>"
                        + "<LastModified>2026-11-29T14:36:08.000Z</LastModified><ETag>&quot;a&quot;</ETag>"
                        + "<Type>Normal</Type><Size>5</Size><StorageClass>IA</StorageClass>"
                        + "<Owner><ID>1234567890123456</ID><DisplayName>1234567890123456</DisplayName></Owner></Contents>"
                        + "<CommonPrefixes><Prefix>a b/</Prefix></CommonPrefixes></ListBucketResult>");
    }

    @Test
    void encodesNamesWhereTheClientAsksForIt() throws Exception {
        XmlElement list = objects(
                QueryParameters.NONE.and("prefix", "a b").and("encoding-type", "url"),
                "<IsTruncated>false</IsTruncated><EncodingType>url</EncodingType>" + OBJECT.formatted("a+b%01%2F", ""));
        assertThat(list.textOf("EncodingType")).contains("url");
        assertThat(list.textOf("Prefix")).contains("a%20b");
        assertThat(key(list)).isEqualTo("a%20b%01%2F");
    }

    @Test
    void takesNamesAsTheyAreFromAStoreThatDoesNotEncodeThem() throws Exception {
        XmlElement list = objects(
                QueryParameters.NONE, "<IsTruncated>false</IsTruncated>" + OBJECT.formatted("a+b%20c", "GLACIER"));
        assertThat(key(list)).isEqualTo("a+b%20c");
        assertThat(list.first("Contents").orElseThrow().textOf("StorageClass")).contains("Archive");
    }

    @Test
    void findsWhereTheListGoesOnWhenTheStoreDoesNotSay() throws Exception {
        String truncated = "<IsTruncated>true</IsTruncated>";
        String objects =
                OBJECT.formatted("a", "") + OBJECT.formatted("\uFF5E", "") + OBJECT.formatted("\uD83D\uDE00", "");
        assertThat(objects(QueryParameters.NONE, truncated + objects).textOf("NextMarker"))
                .as("the last in the order of bytes, which is not that of UTF-16")
                .contains("\uD83D\uDE00");
        String folder = "<CommonPrefixes><Prefix>b/</Prefix></CommonPrefixes>";
        assertThat(objects(QueryParameters.NONE, truncated + OBJECT.formatted("a", "") + folder)
                        .textOf("NextMarker"))
                .contains("b/");
        assertThat(objects(QueryParameters.NONE, truncated + "<NextMarker>c</NextMarker>" + objects)
                        .textOf("NextMarker"))
                .contains("c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<IsTruncated>maybe</IsTruncated>",
                "<IsTruncated>false</IsTruncated><Contents/>",
                "<IsTruncated>false</IsTruncated><Contents><Key>a</Key><LastModified>x</LastModified><ETag>a</ETag><Size>1</Size></Contents>",
                "<IsTruncated>false</IsTruncated><Contents><Key>a</Key><LastModified>2026-11-29T14:36:08Z</LastModified><ETag>a</ETag><Size>-1</Size></Contents>",
                "<IsTruncated>false</IsTruncated><EncodingType>url</EncodingType><CommonPrefixes><Prefix>%zz</Prefix></CommonPrefixes>"
            })
    void refusesAListThatIsNone(String content) {
        assertThatExceptionOfType(MalformedXmlException.class).isThrownBy(() -> objects(QueryParameters.NONE, content));
    }

    @Test
    void asksForTheNextPageByItsToken() throws Exception {
        QueryParameters second = QueryParameters.NONE.and("list-type", "2").and("continuation-token", "t+/=");
        assertThat(ObjectList.of(BUCKET, second).query().first("continuation-token"))
                .contains("t+/=");
        XmlElement list =
                objects(second, "<IsTruncated>true</IsTruncated><NextContinuationToken>n+/=</NextContinuationToken>");
        assertThat(list.textOf("ContinuationToken")).contains("t+/=");
        assertThat(list.textOf("NextContinuationToken")).contains("n+/=");
        assertThat(list.textOf("KeyCount")).contains("0");
    }

    @Test
    void listsUploadsAndParts() throws Exception {
        XmlElement uploads = UploadLists.uploads(
                "app-photos",
                QueryParameters.NONE.and("prefix", "p"),
                1_000,
                read("<IsTruncated>true</IsTruncated><Bucket>physical</Bucket><EncodingType>url</EncodingType>"
                        + "<NextKeyMarker>k+1</NextKeyMarker><NextUploadIdMarker>u1</NextUploadIdMarker>"
                        + "<Upload><Key>k+1</Key><UploadId>u1</UploadId><Initiator><ID>them</ID></Initiator>"
                        + "<Initiated>2026-11-29T14:36:08Z</Initiated></Upload>"));
        assertThat(uploads.document().utf8())
                .contains("<Bucket>app-photos</Bucket>", "<NextKeyMarker>k 1</NextKeyMarker>", "<Key>k 1</Key>")
                .doesNotContain("physical", "them");
        XmlElement parts = UploadLists.parts(
                "app-photos",
                "k",
                QueryParameters.NONE.and("uploadId", "u1"),
                read("<IsTruncated>false</IsTruncated><Bucket>physical</Bucket><Part><PartNumber>7</PartNumber>"
                        + "<LastModified>2026-11-29T14:36:08Z</LastModified><ETag>a</ETag><Size>5</Size></Part>"));
        assertThat(parts.textOf("NextPartNumberMarker")).contains("7");
        assertThat(parts.first("Part").orElseThrow().textOf("LastModified")).contains("2026-11-29T14:36:08.000Z");
        assertThat(parts.document().utf8()).doesNotContain("physical");
    }

    /** As radosgw answers, whose marker is not encoded. */
    @Test
    void decodesTheUploadsOfAStoreThatDoesNotSayThatItEncodedThem() throws Exception {
        XmlElement list = uploads(
                "<NextKeyMarker>a b%2F</NextKeyMarker>",
                List.of("100%25/(!$'*|~)", "a%20b", "%E4%B8%AD%2b", "a%20b%252F"));
        assertThat(keys(list)).containsExactly("100%/(!$'*|~)", "a b", "\u4e2d+", "a b%2F");
        assertThat(list.textOf("NextKeyMarker")).contains("a b%2F");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a+b", "100%", "a:b", "\u4e2d", "%FF"})
    void takesUploadsAsTheyAreWhereOneNameIsNotEncoded(String plain) throws Exception {
        XmlElement list = uploads("<NextKeyMarker>a%20b</NextKeyMarker>", List.of("a%20b", plain));
        assertThat(keys(list)).containsExactly("a%20b", plain);
        assertThat(list.textOf("NextKeyMarker")).contains("a%20b");
        XmlElement group = UploadLists.uploads(
                "app-photos",
                QueryParameters.NONE,
                1_000,
                read("<IsTruncated>false</IsTruncated><CommonPrefixes><Prefix>a%20b</Prefix></CommonPrefixes>"
                        + "<CommonPrefixes><Prefix>" + plain + "</Prefix></CommonPrefixes>"));
        assertThat(group.all("CommonPrefixes"))
                .extracting(one -> one.textOf("Prefix").orElseThrow())
                .containsExactly("a%20b", plain);
    }

    private static XmlElement uploads(String marker, List<String> names) throws Exception {
        StringBuilder content = new StringBuilder("<IsTruncated>true</IsTruncated>" + marker)
                .append("<NextUploadIdMarker>u</NextUploadIdMarker>");
        for (String name : names) {
            content.append("<Upload><Key>" + name + "</Key><UploadId>u</UploadId>"
                    + "<Initiated>2026-11-29T14:36:08Z</Initiated></Upload>");
        }
        return UploadLists.uploads("app-photos", QueryParameters.NONE, 1_000, read(content.toString()));
    }

    private static List<String> keys(XmlElement uploads) {
        return uploads.all("Upload").stream()
                .map(upload -> upload.textOf("Key").orElseThrow())
                .toList();
    }

    @Test
    void countsOnlyWhatOneListHas() throws Exception {
        XmlElement whole =
                read("<IsTruncated>false</IsTruncated>" + OBJECT.formatted("a", "") + OBJECT.formatted("b", ""));
        assertThat(BucketDocuments.stat(whole).textOf("Storage")).contains("10");
        assertThatExceptionOfType(OssRefusal.class)
                .isThrownBy(() -> BucketDocuments.stat(read("<IsTruncated>true</IsTruncated>")))
                .satisfies(refusal -> assertThat(refusal.error().status()).isEqualTo(501));
    }

    private static String key(XmlElement list) {
        List<XmlElement> contents = list.all("Contents");
        assertThat(contents).hasSize(1);
        return contents.getFirst().textOf("Key").orElseThrow();
    }

    private static XmlElement objects(QueryParameters client, String content) throws Exception {
        return ObjectList.of(BUCKET, client).ofClient(read(content));
    }

    private static XmlElement read(String content) throws MalformedXmlException {
        return XmlReader.read(
                Bytes.utf8("<Result xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">" + content + "</Result>"),
                1_000);
    }
}
