package io.countersign.upstream.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.oss.OssRefusal;
import io.countersign.upstream.UpstreamRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys in front of a store that speaks S3: of two buckets in one store, the manifest says of one that it keeps all keys. */
class S3UpstreamTest {
    private Requests requests;

    @BeforeEach
    void apply() throws Exception {
        requests = new Requests();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a//b", "a/", "a%2F%2Fb"})
    void onlyAFlatNamespaceGetsKeysThatAStoreMayFold(String key) throws Exception {
        refused("GET", "/folding/" + key);
        refused("PUT", "/folding/" + key);
        assertThat(requests.prepared("GET", "/flat/" + key).target())
                .isEqualTo("/physical-flat/" + key.replace("%2F", "/"));
    }

    /** The source's own bucket counts, not the one that the copy goes to. */
    @Test
    void theSourceOfACopyIsJudgedByItsBucket() throws Exception {
        refused("PUT", "/flat/k", "x-oss-copy-source", "/folding/a//b");
        refused("PUT", "/folding/k", "x-oss-copy-source", "/folding/a/");
        UpstreamRequest copy = requests.prepared("PUT", "/folding/k", "x-oss-copy-source", "/flat/a//b");
        assertThat(copy.headers().first("x-amz-copy-source")).hasValue("/physical-flat/a//b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/flat/a/../b", "/flat/./a", "/flat/.."})
    void dotsGoToNoStore(String target) {
        refused("GET", target);
    }

    @Test
    void prefixesAreJudgedAlike() throws Exception {
        refused("GET", "/folding?prefix=a//");
        requests.prepared("GET", "/folding?prefix=a/");
        requests.prepared("GET", "/flat?prefix=a//");
        refused("GET", "/folding?uploads&prefix=a//");
        requests.prepared("GET", "/flat?uploads&prefix=a//");
    }

    private void refused(String method, String target, String... headers) {
        assertThatThrownBy(() -> requests.prepared(method, target, headers))
                .isInstanceOfSatisfying(
                        OssRefusal.class,
                        refusal -> assertThat(refusal.error().code()).isEqualTo("InvalidObjectName"));
    }
}
