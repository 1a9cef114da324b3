package io.countersign.gateway.cli;

import static io.countersign.gateway.guard.PrivateEndpoint.ACL;
import static io.countersign.gateway.guard.PrivateEndpoint.AUTH;
import static io.countersign.gateway.guard.PrivateEndpoint.EVENTS;
import static io.countersign.gateway.guard.PrivateEndpoint.METRICS;
import static io.countersign.gateway.guard.PrivateEndpoint.SESSIONS_REVOKE;
import static io.countersign.gateway.guard.PrivateEndpoint.VERIFY;

import io.countersign.gateway.config.Settings;
import io.countersign.gateway.console.Console;
import io.countersign.gateway.explain.Explainer;
import io.countersign.gateway.guard.PrivateAccess;
import io.countersign.gateway.server.Cors;
import io.countersign.gateway.server.Lane;
import io.countersign.gateway.server.LoopAttempts;
import io.countersign.gateway.server.Routes;
import io.countersign.gateway.server.WorkerStore;
import io.countersign.http.Call;
import io.countersign.http.Endpoint;
import io.countersign.http.HealthEndpoint;
import io.countersign.http.ProblemException;
import io.countersign.http.Reply;
import io.countersign.http.RequestLimits;
import io.countersign.identity.BearerAuthenticator;
import io.countersign.identity.limits.SubjectLimits;
import io.countersign.identity.token.SessionReader;
import io.countersign.presign.PostPolicyFunction;
import io.countersign.presign.PresignFunction;
import io.countersign.presign.callbacks.CallbackFunction;
import io.countersign.presign.callbacks.CallbackParameters;
import io.countersign.presign.callbacks.CallbackSettings;
import io.countersign.presign.uploads.UploadsFunction;
import io.countersign.registry.AclWriter;
import io.countersign.registry.KeyRegistry;
import io.countersign.rotate.sessions.RevokeFunction;
import io.countersign.signcontent.SignContentFunction;
import io.countersign.signing.SigningKeys;
import io.countersign.token.TokenFunction;
import io.countersign.token.sts.StsFunction;
import io.countersign.token.upstream.UpstreamSessions;
import io.countersign.verify.VerifyFunction;
import io.countersign.verify.VerifySettings;
import io.countersign.verify.acl.AclFunction;
import io.countersign.verify.decide.SessionOpener;
import io.countersign.verify.decide.UrlUses;
import io.countersign.verify.decide.Verifier;
import io.countersign.verify.forwardauth.AuthFunction;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The functions of the gateway, each at its path.
 *
 * @param open public endpoints: the function authenticates the caller
 * @param trusted private endpoints, for the operator's own programs: their callers are trusted
 * @param health the health checks, which each port answers
 */
record Endpoints(List<Routes.Route> open, List<Routes.Route> trusted, List<Routes.Route> health) {
    /** The number of derived V4 keys to cache: one for each access key, day and region in use. */
    private static final int SIGNING_KEYS = 1024;

    /** Endpoints that only write. */
    private static final Set<String> WRITING = Set.of("/acl", "/events", "/sessions/revoke", CallbackSettings.PATH);

    /** Every path of uploads. */
    private static final String UPLOADS = "/uploads/";

    /** Endpoints that web pages of an application call. */
    private static final Set<String> OF_APPS = Set.of("/token", "/presign", "/post-policy", UPLOADS);

    /**
     * @param store the store of {@code registry}, which has no other
     * @param events processes one event of the bus
     * @param metrics writes the metrics
     * @param access who reaches the private endpoints
     * @param callbackKeys reads the keys with which OSS signs callbacks
     */
    static Endpoints of(
            KeyRegistry registry,
            WorkerStore store,
            Endpoint events,
            Endpoint metrics,
            Settings settings,
            SecureRandom random,
            PrivateAccess access,
            CallbackFunction.KeyFetcher callbackKeys) {
        SigningKeys keys = new SigningKeys(SIGNING_KEYS);
        SubjectLimits limits = new SubjectLimits(random);
        SessionOpener sessions = SessionOpener.of(new SessionReader(registry));
        BearerAuthenticator authenticator = new BearerAuthenticator(registry, LoopAttempts::requireWorker);
        UpstreamSessions upstream = new UpstreamSessions(
                registry, limits, settings.stsEndpoint(), random, System::nanoTime, LoopAttempts::requireWorker);
        TokenFunction token = new TokenFunction(authenticator, registry, limits, upstream, random);
        StsFunction sts = new StsFunction(authenticator, registry, limits, store, random);
        PresignFunction presign =
                new PresignFunction(authenticator, registry, limits, keys, settings.presign(), random);
        PostPolicyFunction postPolicy =
                new PostPolicyFunction(authenticator, registry, limits, keys, settings.postPolicy());
        CallbackParameters parameters = new CallbackParameters(settings.callbacks(), registry, random);
        CallbackFunction callbacks = new CallbackFunction(parameters, store, callbackKeys);
        UploadsFunction uploads = new UploadsFunction(new UploadsFunction.Shared(
                authenticator,
                registry,
                keys,
                limits,
                parameters,
                settings.upstreams(),
                LoopAttempts::requireWorker,
                random));
        SignContentFunction signContent =
                new SignContentFunction(authenticator, registry, limits, keys, settings.signContent());
        UrlUses uses = new UrlUses(store);
        VerifySettings verifying = settings.verify().listening(access.loopback());
        VerifyFunction verify = new VerifyFunction(registry, uses, sessions, keys, verifying);
        Explainer explainer =
                new Explainer(new Verifier(registry, sessions, keys, verifying.bases()), registry, verifying.allowAt());
        AuthFunction auth = new AuthFunction(
                registry,
                new AclWriter(store),
                uses,
                sessions,
                keys,
                settings.auth(),
                access.isGuarded(),
                random,
                System::nanoTime);
        AclFunction acl = new AclFunction(store);
        RevokeFunction revoke = new RevokeFunction(store, random);
        return new Endpoints(
                List.of(
                        new Routes.Route(
                                        "/token",
                                        List.of("GET", "POST"),
                                        RequestLimits.BODY,
                                        Endpoint.of(token::handle, token::refusal))
                                .onEventLoop(),
                        new Routes.Route(
                                "/",
                                List.of("GET", "POST"),
                                RequestLimits.BODY,
                                Endpoint.of(sts::handle, sts::refusal)),
                        Routes.Route.ofLargeBody(
                                        "/presign",
                                        List.of("POST"),
                                        RequestLimits.PRESIGN_BODY,
                                        presign::refusal,
                                        presign::handle)
                                .onEventLoop(),
                        new Routes.Route("/post-policy", List.of("POST"), RequestLimits.BODY, postPolicy::handle)
                                .onEventLoop(),
                        Routes.Route.ofLargeBody(
                                        UPLOADS,
                                        List.of("GET", "POST", "DELETE"),
                                        RequestLimits.PRESIGN_BODY,
                                        uploads::refusal,
                                        uploads::handle)
                                .onEventLoop(),
                        new Routes.Route("/sign-content", List.of("POST"), RequestLimits.BODY, signContent::handle)
                                .onEventLoop(),
                        new Routes.Route(
                                CallbackSettings.PATH, List.of("POST"), RequestLimits.BODY, callbacks::handle)),
                Stream.concat(
                                Stream.concat(
                                                Stream.of(
                                                        new Routes.Route(
                                                                        VERIFY.path(),
                                                                        List.of("POST"),
                                                                        RequestLimits.BODY,
                                                                        verify::handle)
                                                                .behind(access.before(VERIFY, settings.privateHosts()))
                                                                .onEventLoop(),
                                                        Routes.Route.ofHeaders(AUTH.path(), auth::handle)
                                                                .behind(access.before(AUTH, settings.privateHosts()))
                                                                .onEventLoop(),
                                                        new Routes.Route(
                                                                        ACL.path(),
                                                                        List.of("PUT"),
                                                                        RequestLimits.BODY,
                                                                        acl::handle)
                                                                .behind(access.before(ACL, settings.privateHosts())),
                                                        new Routes.Route(
                                                                        EVENTS.path(),
                                                                        List.of("POST"),
                                                                        RequestLimits.BODY,
                                                                        events)
                                                                .behind(access.before(EVENTS, settings.privateHosts())),
                                                        new Routes.Route(
                                                                        SESSIONS_REVOKE.path(),
                                                                        List.of("POST"),
                                                                        RequestLimits.BODY,
                                                                        revoke::handle)
                                                                .behind(access.before(
                                                                        SESSIONS_REVOKE, settings.privateHosts()))),
                                                console(explainer, access))
                                        .map(route -> route.in(Lane.PRIVATE)),
                                Stream.of(metrics(metrics, settings, access)))
                        .toList(),
                healthChecks(registry));
    }

    /** A scrape is answered while all private workers are busy, and is no decision. */
    private static Routes.Route metrics(Endpoint metrics, Settings settings, PrivateAccess access) {
        return new Routes.Route(METRICS.path(), List.of("GET", "HEAD"), RequestLimits.BODY, metrics)
                .behind(access.before(METRICS, settings.privateHosts()))
                .in(Lane.HEALTH);
    }

    /** A web page cannot keep a token secret, so there is no console if programs need tokens. */
    private static Stream<Routes.Route> console(Explainer explainer, PrivateAccess access) {
        return access.programs().isPresent() ? Stream.of() : Console.routes(explainer, access.loopback()).stream();
    }

    /** The CORS rules of the public endpoints. */
    static Cors cors(Settings settings) {
        return new Cors(settings.corsOrigins(), OF_APPS);
    }

    /** All endpoints, for one port that only this machine can reach. */
    List<Routes.Route> shared() {
        return Stream.of(open, trusted, health).flatMap(List::stream).toList();
    }

    /** The endpoints of a port for everyone. */
    List<Routes.Route> openPort() {
        return Stream.concat(open.stream(), health.stream()).toList();
    }

    /** The endpoints of a port for trusted programs. */
    List<Routes.Route> privatePort() {
        return Stream.concat(trusted.stream(), health.stream()).toList();
    }

    /** The endpoints of a read-only registry: those that only write answer 503. */
    Endpoints readOnly() {
        return new Endpoints(
                open.stream().map(Endpoints::readOnly).toList(),
                trusted.stream().map(Endpoints::readOnly).toList(),
                health);
    }

    /** These endpoints, with something to do after a callback was taken: its event waits in the outbox. */
    Endpoints afterCallbacks(Runnable send) {
        return new Endpoints(
                open.stream().map(route -> afterCallback(route, send)).toList(), trusted, health);
    }

    private static Routes.Route afterCallback(Routes.Route route, Runnable send) {
        if (!route.path().equals(CallbackSettings.PATH)) {
            return route;
        }
        Endpoint callbacks = route.endpoint();
        return route.answeredBy((call, now) -> {
            Reply reply = callbacks.handle(call, now);
            if (reply.status() == 200) {
                send.run();
            }
            return reply;
        });
    }

    private static Routes.Route readOnly(Routes.Route route) {
        return WRITING.contains(route.path()) ? route.answeredBy(ReadOnlyEndpoint.INSTANCE) : route;
    }

    Routes.Route at(String path) {
        return shared().stream()
                .filter(route -> route.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no endpoint is at " + path));
    }

    private static List<Routes.Route> healthChecks(KeyRegistry registry) {
        Endpoint ready = new HealthEndpoint(registry::probe);
        return Stream.of(
                        healthCheck("/health", ready),
                        healthCheck("/health/ready", ready),
                        healthCheck("/health/live", new HealthEndpoint(HealthEndpoint.Probe.NONE)))
                .toList();
    }

    private static Routes.Route healthCheck(String path, Endpoint endpoint) {
        return new Routes.Route(path, List.of("GET", "HEAD"), RequestLimits.BODY, endpoint).in(Lane.HEALTH);
    }

    /** Replaces an endpoint that only writes, if the registry is read-only. */
    enum ReadOnlyEndpoint implements Endpoint {
        INSTANCE;

        @Override
        public Reply handle(Call call, Instant now) {
            return ProblemException.Problem.readOnly().reply();
        }
    }
}
