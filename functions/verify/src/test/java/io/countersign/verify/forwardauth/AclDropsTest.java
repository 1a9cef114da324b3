package io.countersign.verify.forwardauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.Acl;
import io.countersign.oss.HttpMethod;
import io.countersign.registry.AclWriter;
import io.countersign.registry.ObjectAclItem;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.MemoryStore;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.SignatureVersion;
import io.countersign.signing.SigningKeys;
import io.countersign.testkit.Seeds;
import io.countersign.verify.decide.Asked;
import io.countersign.verify.decide.SessionOpener;
import io.countersign.verify.decide.TestRegistry;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody confirms what became of a write behind a proxy, so the object's ACL goes before it. */
class AclDropsTest extends AbstractAuthTest {
    private static final String SHOWN = "shown.txt";

    private static ProxyCall signed(Asked asked) {
        return ProxyCall.nginx(asked.signed(SignatureVersion.V4, TestRegistry.ROOT));
    }

    private static ProxyCall read(String bucket, String key) {
        return ProxyCall.nginx(Asked.get(bucket, key).anonymous());
    }

    private boolean hasAcl(String bucket, String key) throws StoreUnavailable {
        ItemKey item = ObjectAclItem.key(bucket, key);
        return registry.store
                .get(Set.of(item), RegistryStore.Consistency.STRONG, TestRegistry.NOW)
                .containsKey(item);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PUT ",
                "DELETE ",
                "DELETE versionId=null",
                "POST append&position=0",
                "POST uploadId=u",
                "POST x-oss-process=image/info%7Csys/saveas,o_c2hvd24udHh0"
            })
    void whatIsWrittenOrDeletedIsNoLongerPublic(String request) throws StoreUnavailable {
        int space = request.indexOf(' ');
        HttpMethod method = HttpMethod.valueOf(request.substring(0, space));
        assertAllowed(read(TestRegistry.PRIVATE, SHOWN));
        assertAllowed(signed(Asked.of(method, TestRegistry.PRIVATE, SHOWN).query(request.substring(space + 1))));
        assertThat(hasAcl(TestRegistry.PRIVATE, SHOWN)).isFalse();
        assertRefused(read(TestRegistry.PRIVATE, SHOWN), 403, "AccessDenied");
    }

    @Test
    void whatIsReadOrAppendedToOrRefusedKeepsItsAcl() {
        assertAllowed(signed(Asked.get(TestRegistry.PRIVATE, SHOWN)));
        assertAllowed(
                signed(Asked.of(HttpMethod.POST, TestRegistry.PRIVATE, SHOWN).query("append&position=7")));
        assertAllowed(signed(Asked.put(TestRegistry.PRIVATE, SHOWN).query("partNumber=1&uploadId=u")));
        assertRefused(ProxyCall.nginx(Asked.put(TestRegistry.PRIVATE, SHOWN).anonymous()), 403, "AccessDenied");
        assertRefused(
                signed(Asked.put(TestRegistry.PRIVATE, SHOWN).header("x-oss-object-acl", "private")),
                403,
                "AccessDenied");
        assertAllowed(read(TestRegistry.PRIVATE, SHOWN));
    }

    /** Without it the old content would be open if the storage then fails. */
    @Test
    void aPrivateObjectOfAPublicBucketStaysPrivate() throws StoreUnavailable {
        assertAllowed(signed(Asked.put(TestRegistry.READABLE, "hidden.txt")));
        assertAllowed(signed(Asked.of(HttpMethod.DELETE, TestRegistry.READABLE, "hidden.txt")));
        assertThat(hasAcl(TestRegistry.READABLE, "hidden.txt")).isTrue();
        assertRefused(read(TestRegistry.READABLE, "hidden.txt"), 403, "AccessDenied");
    }

    @Test
    void aPublicAclThatIsNarrowerThanTheBucketsHoldsAWriteUp() throws StoreUnavailable {
        registry.objectAcl(TestRegistry.WRITABLE, "k", Acl.PUBLIC_READ);
        assertRefused(signed(Asked.put(TestRegistry.WRITABLE, "k")), 403, "AccessDenied");
        assertRefused(signed(Asked.of(HttpMethod.DELETE, TestRegistry.WRITABLE, "k")), 403, "AccessDenied");
        assertThat(hasAcl(TestRegistry.WRITABLE, "k")).isTrue();
    }

    @Test
    void whatTheBodyNamesIsRefusedForAllKindsOfKeys() {
        for (AuthSettings.KeyRule rule : AuthSettings.KeyRule.values()) {
            AuthFunction face = function(settings(HeaderFamily.NGINX, rule));
            for (Asked asked : List.of(
                    Asked.of(HttpMethod.POST, TestRegistry.PRIVATE, "").query("delete"),
                    Asked.of(HttpMethod.POST, TestRegistry.PRIVATE, "a").query("x-oss-process"),
                    Asked.of(HttpMethod.POST, TestRegistry.PRIVATE, "a").query("x-oss-async-process"))) {
                assertRefused(face, signed(asked), 405, "MethodNotAllowed");
            }
        }
    }

    @Test
    void withoutTheStoreNothingIsWritten() {
        MemoryStore failing = new MemoryStore();
        failing.down(true);
        AuthFunction face = new AuthFunction(
                registry.reader(),
                new AclWriter(failing),
                SessionOpener.NONE,
                new SigningKeys(16),
                AuthSettings.DEFAULT,
                Seeds.secure(),
                () -> 0);
        assertAllowed(face, signed(Asked.get(TestRegistry.PRIVATE, SHOWN)));
        assertThat(ask(face, signed(Asked.put(TestRegistry.PRIVATE, SHOWN))).status())
                .isEqualTo(503);
    }
}
