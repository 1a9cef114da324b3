package io.countersign.gateway.store;

import static io.countersign.gateway.store.ScriptedStore.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.aliyun.oss.OSS;
import com.aliyun.oss.OSSClientBuilder;
import com.aliyun.oss.OSSException;
import com.aliyun.oss.model.Bucket;
import com.aliyun.oss.model.BucketInfo;
import com.aliyun.oss.model.BucketList;
import com.aliyun.oss.model.ListBucketsRequest;
import io.countersign.gateway.server.RawConnection;
import io.countersign.oss.HttpMethod;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ListBuckets, and the dates of buckets, as the registry knows them and an official SDK reads them. */
class ListBucketsTest {
    private static final String ALL_OF_OTHERS = """
              - id: "9999999999999999"
                accessKeys: [{id: LTAI5tOwnerOfTheTests001, secret: "owner-secret-0123456789abcdefg"}]
                users:
                  - name: stranger
                    accessKeys: [{id: LTAI5tStrangerOfTests001, secret: "stranger-secret-0123456789abcd"}]
                    policies: [{Version: "1", Statement: [{Effect: Allow, Action: "oss:GetObject", Resource: "*"}]}]
                buckets: [{name: foreignbucket, region: cn-beijing}]
            """;

    private static final List<String> NAMES =
            List.of("examplebucket", "plainbucket", "postbox", "publicbucket", "s3box", "s3private");

    /** Before the fixture starts, which makes most of the buckets; dates of buckets are in whole seconds. */
    private static final Instant STARTED = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    @RegisterExtension
    private static final StoreFixture fixture = new StoreFixture();

    @BeforeAll
    static void start() throws Exception {
        fixture.apply("accounts:\n", "accounts:\n" + ALL_OF_OTHERS);
    }

    private static OSS client(String id, String secret) {
        return new OSSClientBuilder().build(fixture.url(), id, secret);
    }

    private static OSS alice() {
        return client(StoreFixture.ALICE, StoreFixture.ALICE_SECRET);
    }

    private static List<String> names(List<Bucket> buckets) {
        return buckets.stream().map(Bucket::getName).toList();
    }

    @Test
    void hasTheBucketsOfTheCallersAccount() {
        OSS alice = alice();
        List<Bucket> buckets = alice.listBuckets();
        assertThat(names(buckets)).isEqualTo(NAMES);
        assertThat(buckets).allSatisfy(bucket -> {
            assertThat(bucket.getLocation()).isEqualTo("oss-cn-hangzhou");
            assertThat(bucket.getRegion()).isEqualTo("cn-hangzhou");
            assertThat(bucket.getOwner().getId()).isEqualTo(StoreFixture.ACCOUNT);
            assertThat(bucket.getCreationDate().toInstant()).isBetween(STARTED, Instant.now());
            assertThat(bucket.getExtranetEndpoint())
                    .isEqualTo(
                            bucket.getName().equals(StoreFixture.WITHOUT_STORE)
                                    ? "oss-cn-hangzhou.aliyuncs.com"
                                    : fixture.url().substring(7));
        });
        OSS other = client("LTAI5tOwnerOfTheTests001", "owner-secret-0123456789abcdefg");
        assertThat(names(other.listBuckets())).containsExactly("foreignbucket");
        assertThat(fixture.store.received).isEmpty();
    }

    @Test
    void goesOnFromAMarker() {
        OSS alice = alice();
        List<String> all = new ArrayList<>();
        ListBucketsRequest request = new ListBucketsRequest().withMaxKeys(4);
        BucketList page = alice.listBuckets(request);
        assertThat(page.getMaxKeys()).isEqualTo(4);
        while (page.isTruncated()) {
            all.addAll(names(page.getBucketList()));
            assertThat(page.getNextMarker()).isEqualTo(all.getLast());
            request.setMarker(page.getNextMarker());
            page = alice.listBuckets(request);
        }
        all.addAll(names(page.getBucketList()));
        assertThat(all).isEqualTo(NAMES);
        assertThat(page.getMarker()).isEqualTo("publicbucket");
        assertThat(names(alice.listBuckets("p", "plainbucket", 100).getBucketList()))
                .containsExactly("postbox", "publicbucket");
        assertThat(alice.listBuckets("q", null, 100).getBucketList()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "max-keys=0, 400, InvalidArgument",
        "max-keys=1001, 400, InvalidArgument",
        "max-keys=a, 400, InvalidArgument",
        "max-keys=1&max-keys=2, 400, InvalidArgument",
        "foo=1, 400, InvalidArgument",
        "tagging, 501, NotImplemented",
        "regions, 501, NotImplemented"
    })
    void refusesWhatItDoesNotHave(String query, int status, String code) throws IOException {
        String request = new SignedRequests(fixture.url()).ofService(HttpMethod.GET, query);
        assertThat(RawConnection.exchange(fixture.url(), request.getBytes(StandardCharsets.ISO_8859_1)))
                .startsWith("HTTP/1.1 " + status + " ")
                .contains("<Code>" + code + "</Code>");
    }

    @Test
    void isForThoseWhoMayListBuckets() throws IOException {
        OSS stranger = client("LTAI5tStrangerOfTests001", "stranger-secret-0123456789abcd");
        OSSException refusal = catchThrowableOfType(OSSException.class, stranger::listBuckets);
        assertThat(refusal.getErrorCode()).isEqualTo("AccessDenied");
        OSSException unsigned =
                catchThrowableOfType(OSSException.class, client(StoreFixture.ALICE, "wrong")::listBuckets);
        assertThat(unsigned.getErrorCode()).isEqualTo("SignatureDoesNotMatch");
        try (RawConnection wire = RawConnection.open(fixture.url())) {
            assertThat(wire.send("GET / HTTP/1.1\r\nHost: " + fixture.url().substring(7) + "\r\n\r\n")
                            .answer())
                    .startsWith("HTTP/1.1 403 ")
                    .contains("You are forbidden to list buckets.")
                    .doesNotContain("examplebucket");
        }
        assertThat(new Client(fixture.url()).send("GET", "/", Map.of(), "body")).startsWith("HTTP/1.1 400 ");
    }

    /** S3 tells nobody the date of a bucket. */
    @Test
    void informationInFrontOfS3HasTheDateOfTheRegistry() {
        fixture.store.answering(say(
                "200 OK",
                Map.of(),
                "<ListBucketResult><IsTruncated>false</IsTruncated><KeyCount>0</KeyCount></ListBucketResult>"));
        BucketInfo info = alice().getBucketInfo(StoreFixture.PRIVATE_S3);
        assertThat(info.getBucket().getCreationDate().toInstant()).isBetween(STARTED, Instant.now());
        assertThat(info.getBucket().getExtranetEndpoint())
                .isEqualTo(fixture.url().substring(7));
    }
}
