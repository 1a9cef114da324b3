package io.countersign.gateway.store;

import io.countersign.http.Endpoint;
import io.countersign.http.Reply;
import io.countersign.identity.token.SessionReader;
import io.countersign.oss.BaseDomains;
import io.countersign.oss.OssRefusal;
import io.countersign.registry.AclWriter;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.SigningKeys;
import io.countersign.upstream.rebuild.UpstreamRequests;
import io.countersign.verify.decide.SessionOpener;
import io.countersign.verify.decide.UrlUses;
import io.countersign.verify.decide.Verifier;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;

/** The store port without a connection: it judges requests without a body, and prepares what it would send. */
public final class JudgedOnly {
    private JudgedOnly() {}

    /** Returns a face that answers 200 for a request that would go to the store. */
    public static Endpoint of(KeyRegistry registry, RegistryStore store, BaseDomains bases) {
        return of(registry, store, store, bases);
    }

    /** @param ofUses records which URLs are used up */
    static Endpoint of(KeyRegistry registry, RegistryStore store, RegistryStore ofUses, BaseDomains bases) {
        SigningKeys keys = new SigningKeys(1);
        StoreJudge judge = new StoreJudge(
                registry,
                new Verifier(registry, SessionOpener.of(new SessionReader(registry)), keys, bases),
                new UpstreamRequests(registry, keys),
                new AclChanges(new AclWriter(store), registry),
                new UrlUses(ofUses),
                new RegistryBuckets(store, InstantSource.system()));
        return (call, now) -> {
            try {
                Incoming incoming = judge.read(HeadCheck.read(call, call.path()), now);
                OssReplies replies = new OssReplies("1", "127.0.0.1", false, List.of());
                return switch (judge.judge(incoming, ReadBody.UNREAD, OptionalLong.of(0), replies, now)) {
                    case Verdict.Say(Reply reply) -> reply;
                    case Verdict.Send send -> Reply.empty(200);
                };
            } catch (OssRefusal | StoreUnavailable e) {
                throw new AssertionError(e);
            }
        };
    }
}
