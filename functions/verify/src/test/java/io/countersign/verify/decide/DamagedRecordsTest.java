package io.countersign.verify.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.oss.Acl;
import io.countersign.oss.BaseDomains;
import io.countersign.registry.AccessKeyItem;
import io.countersign.registry.BucketItem;
import io.countersign.registry.ObjectAclItem;
import io.countersign.registry.PrincipalItem;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.SignatureVersion;
import io.countersign.signing.SigningKeys;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Records of which a byte changed in the store: there is no decision on them, neither an Allow nor a refusal, and everything else goes on. */
class DamagedRecordsTest {
    private static final ItemKey ACL = ObjectAclItem.key(SampleRegistry.READABLE, "hidden.txt");
    private static final List<ItemKey> RESTS_ON = List.of(
            AccessKeyItem.key(SampleRegistry.USER.id()),
            PrincipalItem.key(SampleRegistry.USER.id()),
            BucketItem.key(SampleRegistry.PRIVATE));

    private final SampleRegistry registry = new SampleRegistry();

    @Test
    void noByteOfARecordThatADecisionRestsOnChangesTheDecision() throws StoreUnavailable {
        VerifyRequest allowed = ClientRequest.get(SampleRegistry.PRIVATE, "team/a.txt")
                .signed(SignatureVersion.V4, SampleRegistry.USER);
        assertThat(verify(allowed).allowed()).isTrue();
        for (ItemKey key : RESTS_ON) {
            assertNoAnswer(allowed, key);
        }
        assertThat(verify(allowed).allowed()).isTrue();
    }

    @Test
    void noByteOfAnObjectsAclOpensIt() throws StoreUnavailable {
        VerifyRequest hidden =
                ClientRequest.get(SampleRegistry.READABLE, "hidden.txt").anonymous();
        assertThat(verify(hidden).allowed()).isFalse();
        assertNoAnswer(hidden, ACL);
        registry.store.spoilExpiry(ACL, SampleRegistry.NOW.minusSeconds(1));
        assertDamaged(hidden, ACL);
    }

    @Test
    void theRecordOfAnotherBucketIsNone() {
        registry.objectAcl(SampleRegistry.READABLE, "shown.txt", Acl.PUBLIC_READ);
        registry.store.move(ObjectAclItem.key(SampleRegistry.READABLE, "shown.txt"), ACL);
        assertDamaged(ClientRequest.get(SampleRegistry.READABLE, "hidden.txt").anonymous(), ACL);
    }

    @Test
    void servesRequestsThatRestOnOtherRecords() throws StoreUnavailable {
        RESTS_ON.forEach(key -> registry.store.spoil(key, text -> flipped(text, 3)));
        assertThat(verify(ClientRequest.get(SampleRegistry.READABLE, "a").anonymous())
                        .allowed())
                .isTrue();
        assertThat(verify(ClientRequest.get(SampleRegistry.READABLE, "a")
                                .signed(SignatureVersion.V4, SampleRegistry.ROOT))
                        .allowed())
                .isTrue();
    }

    private void assertNoAnswer(VerifyRequest request, ItemKey key) {
        String text = registry.store.payloads().getOrDefault(key, "");
        assertThat(text).isNotEmpty();
        for (int i = 0; i < text.length(); i++) {
            String changed = flipped(text, i);
            registry.store.spoil(key, before -> changed);
            assertDamaged(request, key);
        }
        registry.store.spoil(key, before -> text);
    }

    private void assertDamaged(VerifyRequest request, ItemKey key) {
        assertThatThrownBy(() -> verify(request))
                .isInstanceOf(StoreUnavailable.UnreadableRecord.class)
                .hasMessageContaining(key.partition() + " " + key.sort());
    }

    private static String flipped(String text, int place) {
        char[] chars = text.toCharArray();
        chars[place] ^= 1;
        return new String(chars);
    }

    /** By a reader that remembers nothing. */
    private VerifyAnswer verify(VerifyRequest request) throws StoreUnavailable {
        return new Verifier(registry.reader(), SessionOpener.NONE, new SigningKeys(16), BaseDomains.DEFAULT)
                .verify(request, SampleRegistry.NOW);
    }
}
