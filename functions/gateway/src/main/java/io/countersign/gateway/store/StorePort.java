package io.countersign.gateway.store;

import io.countersign.gateway.config.UpstreamSettings;
import io.countersign.gateway.server.Arrival;
import io.countersign.gateway.server.ByteBudget;
import io.countersign.gateway.server.PortHandler;
import io.countersign.gateway.watch.DecisionRecord;
import io.countersign.gateway.watch.DecisionSink;
import io.countersign.http.ProblemException;
import io.countersign.http.Reply;
import io.countersign.http.client.OutgoingAddresses;
import io.countersign.oss.OssRefusal;
import io.countersign.registry.AclWriter;
import io.countersign.registry.KeyRegistry;
import io.countersign.upstream.rebuild.UpstreamRequests;
import io.countersign.verify.decide.UrlUses;
import io.countersign.verify.decide.Verifier;
import io.countersign.verify.decide.VerifyRequest;
import io.vertx.core.Vertx;

/**
 * {@code serve --store-port}: an endpoint of OSS in front of the stores behind buckets. Each request is judged by the code of {@code /verify}, rebuilt from what was
 * judged, signed anew and streamed in both directions. Without an allowed decision nothing reaches a store.
 */
public final class StorePort implements PortHandler, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(StorePort.class.getName());

    private final StoreParts parts;
    private final PrivacyChecks privacy;
    private final DecisionSink decisions;

    /**
     * @param verifier the one of {@code /verify}
     * @param acls a writer to the store of the registry
     * @param uses over the same store
     * @param addresses where the names of stores may lead
     * @param buckets over the same store
     */
    public StorePort(
            KeyRegistry registry,
            Verifier verifier,
            UpstreamRequests upstream,
            AclWriter acls,
            UrlUses uses,
            UpstreamSettings settings,
            OutgoingAddresses addresses,
            RegistryBuckets buckets,
            DecisionSink decisions) {
        UpstreamClients clients = new UpstreamClients(
                settings,
                new StoreAddresses(addresses, System::nanoTime),
                Runtime.getRuntime().availableProcessors());
        this.parts = new StoreParts(
                new StoreJudge(registry, verifier, upstream, new AclChanges(acls, registry), uses, buckets),
                clients,
                settings,
                new ByteBudget(settings.spoolBytes()));
        this.privacy = new PrivacyChecks(
                new PrivacyProbe(clients, line -> LOG.log(System.Logger.Level.WARNING, line)), buckets);
        this.decisions = decisions;
    }

    /** Tells the operator of stores that others can read. */
    @Override
    public void opened(Vertx vertx) {
        privacy.opened(vertx);
    }

    /** Tells the operator the same of buckets that an apply has added or changed. */
    public void applied() {
        privacy.applied();
    }

    /** Closes the connections to the stores. */
    @Override
    public void close() {
        parts.clients().close();
    }

    @Override
    public String face() {
        return DecisionRecord.STORE_FACE;
    }

    @Override
    public DecisionSink decisions() {
        return decisions;
    }

    @Override
    public Reply refusal(Arrival arrival, ProblemException.Problem problem) {
        return OssReplies.of(arrival).refused(problem);
    }

    @Override
    public void handle(Arrival arrival) {
        try {
            VerifyRequest head =
                    HeadCheck.read(arrival.head(), arrival.request().uri());
            new Judgement(arrival, head, parts).start();
        } catch (OssRefusal refusal) {
            Delivery.say(arrival, OssReplies.of(arrival).refused(refusal));
        }
    }
}
