package io.countersign.verify.acl;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Header;
import io.countersign.http.Reply;
import io.countersign.oss.Acl;
import io.countersign.oss.Target;
import io.countersign.registry.Facts;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.verify.decide.SampleRegistry;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AclFunctionTest {
    private final SampleRegistry registry = new SampleRegistry();
    private final AclFunction function = new AclFunction(registry.store);

    private Reply put(String body) {
        return call("PUT", "application/json", body);
    }

    private Reply call(String method, String type, String body) {
        return function.handle(
                new Call(
                        method,
                        "/acl",
                        Optional.empty(),
                        List.of(new Header("Content-Type", type)),
                        Bytes.utf8(body),
                        "127.0.0.1",
                        false),
                SampleRegistry.NOW);
    }

    private Optional<Acl> objectAcl(String key) throws StoreUnavailable {
        return registry.reader()
                .load(
                        new Facts.Query(
                                Optional.empty(),
                                Set.of(),
                                Optional.of(new Target.ObjectKey(SampleRegistry.PRIVATE, key))),
                        SampleRegistry.NOW)
                .objectAcl();
    }

    @Test
    void anObjectsAclIsSetAndDroppedAndARepeatIsAnsweredAlike() throws StoreUnavailable {
        String set = "{\"bucket\":\"private-bucket\",\"key\":\"a/中\",\"acl\":\"public-read\"}";
        String drop = "{\"bucket\":\"private-bucket\",\"key\":\"a/中\",\"acl\":\"default\"}";
        for (int i = 0; i < 2; i++) {
            Reply reply = put(set);
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.body().utf8()).isEqualTo(set);
            assertThat(objectAcl("a/中")).contains(Acl.PUBLIC_READ);
        }
        for (int i = 0; i < 2; i++) {
            assertThat(put(drop).body().utf8()).isEqualTo(drop);
            assertThat(objectAcl("a/中")).isEmpty();
        }
    }

    @Test
    void withoutAKeyTheAclIsTheBuckets() throws StoreUnavailable {
        String body = "{\"bucket\":\"private-bucket\",\"acl\":\"public-read\"}";
        assertThat(put(body)).isEqualTo(put(body));
        assertThat(put(body).body().utf8()).isEqualTo(body);
        assertThat(registry.reader()
                        .load(
                                new Facts.Query(Optional.empty(), Set.of(SampleRegistry.PRIVATE), Optional.empty()),
                                SampleRegistry.NOW)
                        .bucket(SampleRegistry.PRIVATE)
                        .orElseThrow()
                        .acl())
                .isEqualTo(Acl.PUBLIC_READ);
    }

    @Test
    void aBucketThatIsNotThereIsReported() {
        for (String bucket : List.of("no-such-bucket", "NoBucket", "")) {
            for (String key : List.of("", "\"key\":\"k\",")) {
                Reply reply = put("{\"bucket\":\"" + bucket + "\"," + key + "\"acl\":\"private\"}");
                assertThat(reply.status()).isEqualTo(404);
                assertThat(reply.header("Content-Type")).contains("application/problem+json");
                assertThat(reply.body().utf8()).contains("\"code\":\"NoSuchBucket\"");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"bucket\":\"private-bucket\",\"acl\":\"default\"}",
                "{\"bucket\":\"private-bucket\",\"acl\":\"Private\"}",
                "{\"bucket\":\"private-bucket\",\"key\":\"k\"}",
                "{\"bucket\":\"private-bucket\",\"key\":\"\",\"acl\":\"private\"}",
                "{\"bucket\":\"private-bucket\",\"key\":null,\"acl\":\"private\"}",
                "{\"bucket\":\"private-bucket\",\"key\":\"\\u0000\",\"acl\":\"private\"}",
                "{\"bucket\":\"private-bucket\",\"key\":\"\\ud800\",\"acl\":\"private\"}",
                "{\"bucket\":\"private-bucket\",\"key\":\"k\",\"acl\":\"private\",\"more\":1}",
                "{\"key\":\"k\",\"acl\":\"private\"}",
                "[]",
                ""
            })
    void refusesAnInvalidNoticeWithoutAWrite(String body) {
        var before = registry.store.payloads();
        Reply reply = put(body);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.header("Content-Type")).contains("application/problem+json");
        assertThat(registry.store.payloads()).isEqualTo(before);
    }

    @Test
    void aKeyThatIsTooLongIsRefused() {
        assertThat(put("{\"bucket\":\"private-bucket\",\"key\":\"" + "中".repeat(342) + "\",\"acl\":\"private\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void onlyPutAndJsonAreAccepted() {
        assertThat(call("POST", "application/json", "{}").status()).isEqualTo(405);
        assertThat(call("PUT", "text/plain", "{}").status()).isEqualTo(415);
        assertThat(put(" ".repeat(64 * 1024 + 1)).status()).isEqualTo(413);
    }

    @Test
    void aStoreThatIsSilentIsReported() {
        registry.store.down(true);
        assertThat(put("{\"bucket\":\"private-bucket\",\"key\":\"k\",\"acl\":\"private\"}")
                        .status())
                .isEqualTo(503);
    }
}
