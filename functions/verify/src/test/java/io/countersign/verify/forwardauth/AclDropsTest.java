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
import io.countersign.verify.decide.ClientRequest;
import io.countersign.verify.decide.SampleRegistry;
import io.countersign.verify.decide.SessionOpener;
import io.countersign.verify.decide.UrlUses;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No notice confirms the outcome of a write behind a proxy, so the object's ACL is removed before it. */
class AclDropsTest extends AbstractAuthTest {
    private static final String SHOWN = "shown.txt";

    private static ProxyCall signed(ClientRequest asked) {
        return ProxyCall.nginx(asked.signed(SignatureVersion.V4, SampleRegistry.ROOT));
    }

    private static ProxyCall read(String bucket, String key) {
        return ProxyCall.nginx(ClientRequest.get(bucket, key).anonymous());
    }

    private boolean hasAcl(String bucket, String key) throws StoreUnavailable {
        ItemKey item = ObjectAclItem.key(bucket, key);
        return registry.store
                .get(Set.of(item), RegistryStore.Consistency.STRONG, SampleRegistry.NOW)
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
    void dropsThePublicAclOfAWrittenOrDeletedObject(String request) throws StoreUnavailable {
        int space = request.indexOf(' ');
        HttpMethod method = HttpMethod.valueOf(request.substring(0, space));
        assertAllowed(read(SampleRegistry.PRIVATE, SHOWN));
        assertAllowed(
                signed(ClientRequest.of(method, SampleRegistry.PRIVATE, SHOWN).query(request.substring(space + 1))));
        assertThat(hasAcl(SampleRegistry.PRIVATE, SHOWN)).isFalse();
        assertRefused(read(SampleRegistry.PRIVATE, SHOWN), 403, "AccessDenied");
    }

    @Test
    void keepsTheAclAfterAReadAnAppendOrARefusal() {
        assertAllowed(signed(ClientRequest.get(SampleRegistry.PRIVATE, SHOWN)));
        assertAllowed(signed(
                ClientRequest.of(HttpMethod.POST, SampleRegistry.PRIVATE, SHOWN).query("append&position=7")));
        assertAllowed(signed(ClientRequest.put(SampleRegistry.PRIVATE, SHOWN).query("partNumber=1&uploadId=u")));
        assertRefused(
                ProxyCall.nginx(ClientRequest.put(SampleRegistry.PRIVATE, SHOWN).anonymous()), 403, "AccessDenied");
        assertRefused(
                signed(ClientRequest.put(SampleRegistry.PRIVATE, SHOWN).header("x-oss-object-acl", "private")),
                403,
                "AccessDenied");
        assertAllowed(read(SampleRegistry.PRIVATE, SHOWN));
    }

    /** Without it the old content would be open if the storage then fails. */
    @Test
    void aPrivateObjectOfAPublicBucketStaysPrivate() throws StoreUnavailable {
        assertAllowed(signed(ClientRequest.put(SampleRegistry.READABLE, "hidden.txt")));
        assertAllowed(signed(ClientRequest.of(HttpMethod.DELETE, SampleRegistry.READABLE, "hidden.txt")));
        assertThat(hasAcl(SampleRegistry.READABLE, "hidden.txt")).isTrue();
        assertRefused(read(SampleRegistry.READABLE, "hidden.txt"), 403, "AccessDenied");
    }

    @Test
    void aPublicAclThatIsNarrowerThanTheBucketsHoldsAWriteUp() throws StoreUnavailable {
        registry.objectAcl(SampleRegistry.WRITABLE, "k", Acl.PUBLIC_READ);
        assertRefused(signed(ClientRequest.put(SampleRegistry.WRITABLE, "k")), 403, "AccessDenied");
        assertRefused(signed(ClientRequest.of(HttpMethod.DELETE, SampleRegistry.WRITABLE, "k")), 403, "AccessDenied");
        assertThat(hasAcl(SampleRegistry.WRITABLE, "k")).isTrue();
    }

    @Test
    void refusesKeysInTheBody() {
        for (AuthSettings.KeyRule rule : AuthSettings.KeyRule.values()) {
            AuthFunction face = function(settings(HeaderFamily.NGINX, rule));
            for (ClientRequest asked : List.of(
                    ClientRequest.of(HttpMethod.POST, SampleRegistry.PRIVATE, "")
                            .query("delete"),
                    ClientRequest.of(HttpMethod.POST, SampleRegistry.PRIVATE, "a")
                            .query("x-oss-process"),
                    ClientRequest.of(HttpMethod.POST, SampleRegistry.PRIVATE, "a")
                            .query("x-oss-async-process"))) {
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
                new UrlUses(failing),
                SessionOpener.NONE,
                new SigningKeys(16),
                AuthSettings.DEFAULT,
                Seeds.secure(),
                () -> 0);
        assertAllowed(face, signed(ClientRequest.get(SampleRegistry.PRIVATE, SHOWN)));
        assertThat(ask(face, signed(ClientRequest.put(SampleRegistry.PRIVATE, SHOWN)))
                        .status())
                .isEqualTo(503);
    }
}
