package io.countersign.verify.forwardauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Reply;
import io.countersign.oss.Acl;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OnceParameter;
import io.countersign.registry.AclWriter;
import io.countersign.registry.ObjectAclItem;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.OvertakenStore;
import io.countersign.registry.store.ReadOnlyStore;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.SignatureVersion;
import io.countersign.signing.SigningKeys;
import io.countersign.testkit.Seeds;
import io.countersign.verify.decide.ClientRequest;
import io.countersign.verify.decide.SampleRegistry;
import io.countersign.verify.decide.SessionOpener;
import io.countersign.verify.decide.UrlUses;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An object's ACL is dropped only for the one request whose URL was used up. */
class OnceEffectsTest extends AbstractAuthTest {
    private static final String SHOWN = "shown.txt";
    private static final String ONCE = OnceParameter.NAME + "=" + "0123456789abcdef".repeat(2);

    private static ProxyCall url(HttpMethod method, String bucket, String key) {
        return ProxyCall.nginx(ClientRequest.of(method, bucket, key)
                .query(ONCE)
                .presigned(SignatureVersion.V4, SampleRegistry.ROOT, Duration.ofMinutes(5)));
    }

    private AuthFunction with(RegistryStore ofUses) {
        return new AuthFunction(
                registry.reader(),
                new AclWriter(registry.store),
                new UrlUses(ofUses),
                SessionOpener.NONE,
                new SigningKeys(16),
                AuthSettings.DEFAULT,
                Seeds.secure(),
                () -> 0);
    }

    private boolean hasAcl(String bucket, String key) throws StoreUnavailable {
        ItemKey item = ObjectAclItem.key(bucket, key);
        return registry.store
                .get(Set.of(item), RegistryStore.Consistency.STRONG, SampleRegistry.NOW)
                .containsKey(item);
    }

    private static void isUsed(Reply reply) {
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.body().utf8()).contains("good for one request");
    }

    @Test
    void aUsedUrlDropsNoAcl() throws StoreUnavailable {
        assertAllowed(url(HttpMethod.PUT, SampleRegistry.PRIVATE, SHOWN));
        assertThat(hasAcl(SampleRegistry.PRIVATE, SHOWN)).isFalse();
        // The storage made the object public again.
        registry.objectAcl(SampleRegistry.PRIVATE, SHOWN, Acl.PUBLIC_READ);
        int writes = registry.store.writes();
        isUsed(ask(url(HttpMethod.PUT, SampleRegistry.PRIVATE, SHOWN)));
        isUsed(ask(url(HttpMethod.DELETE, SampleRegistry.PRIVATE, SHOWN)));
        assertThat(hasAcl(SampleRegistry.PRIVATE, SHOWN)).isTrue();
        assertThat(registry.store.writes()).isEqualTo(writes);
    }

    /** Two requests at once: both found that the URL was not used, and one comes second at the store. */
    @Test
    void ofTwoAtOnceOneDropsTheAcl() throws StoreUnavailable {
        ProxyCall call = url(HttpMethod.PUT, SampleRegistry.PRIVATE, SHOWN);
        AuthFunction slower = with(new OvertakenStore(registry.store, () -> {
            assertThat(registry.store.payloads())
                    .as("before its use is recorded")
                    .containsKey(ObjectAclItem.key(SampleRegistry.PRIVATE, SHOWN));
            assertAllowed(call);
            registry.objectAcl(SampleRegistry.PRIVATE, SHOWN, Acl.PUBLIC_READ);
        }));
        isUsed(ask(slower, call));
        assertThat(hasAcl(SampleRegistry.PRIVATE, SHOWN)).isTrue();
    }

    @Test
    void aUseThatCannotBeRecordedDropsNoAcl() throws StoreUnavailable {
        ProxyCall call = url(HttpMethod.PUT, SampleRegistry.PRIVATE, SHOWN);
        assertThat(ask(with(new ReadOnlyStore(registry.store)), call).status()).isEqualTo(503);
        assertThat(hasAcl(SampleRegistry.PRIVATE, SHOWN)).isTrue();
        assertAllowed(call);
        assertThat(hasAcl(SampleRegistry.PRIVATE, SHOWN)).isFalse();
    }

    @Test
    void anAclThatRefusesTheRequestUsesNoUrlUp() throws StoreUnavailable {
        registry.objectAcl(SampleRegistry.WRITABLE, "k", Acl.PUBLIC_READ);
        ProxyCall call = url(HttpMethod.PUT, SampleRegistry.WRITABLE, "k");
        assertRefused(call, 403, "AccessDenied");
        registry.objectAcl(SampleRegistry.WRITABLE, "k", Acl.PRIVATE);
        assertAllowed(call);
        isUsed(ask(call));
    }
}
