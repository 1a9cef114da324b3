package io.countersign.gateway.cli;

import static io.countersign.gateway.guard.PrivateFace.ACL;
import static io.countersign.gateway.guard.PrivateFace.AUTH;
import static io.countersign.gateway.guard.PrivateFace.EVENTS;
import static io.countersign.gateway.guard.PrivateFace.VERIFY;

import io.countersign.gateway.config.Settings;
import io.countersign.gateway.console.Console;
import io.countersign.gateway.explain.Explainer;
import io.countersign.gateway.guard.Guard;
import io.countersign.gateway.guard.HostGuard;
import io.countersign.gateway.guard.PrivateFace;
import io.countersign.gateway.server.Cors;
import io.countersign.gateway.server.Lane;
import io.countersign.gateway.server.Routes;
import io.countersign.http.Endpoint;
import io.countersign.http.HealthFace;
import io.countersign.http.RequestLimits;
import io.countersign.identity.BearerAuthenticator;
import io.countersign.identity.token.SessionReader;
import io.countersign.presign.PostPolicyFunction;
import io.countersign.presign.PresignFunction;
import io.countersign.registry.AclWriter;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.store.RegistryStore;
import io.countersign.signcontent.SignContentFunction;
import io.countersign.signing.SigningKeys;
import io.countersign.token.TokenFunction;
import io.countersign.token.sts.StsFunction;
import io.countersign.token.upstream.UpstreamSessions;
import io.countersign.verify.VerifyFunction;
import io.countersign.verify.VerifySettings;
import io.countersign.verify.acl.AclFunction;
import io.countersign.verify.decide.SessionOpener;
import io.countersign.verify.decide.Verifier;
import io.countersign.verify.forwardauth.AuthFunction;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Every function at its path.
 *
 * @param open for any caller that the function itself knows
 * @param trusted for the operator's own programs: whoever reaches them is believed
 */
record Faces(List<Routes.Route> open, List<Routes.Route> trusted) {
    /** Derived V4 keys to keep: one for each key, day and region in use. */
    private static final int SIGNING_KEYS = 1024;

    /** What does nothing but write. */
    private static final Set<String> WRITING = Set.of("/acl", "/events");
    /** What an app's own pages call. */
    private static final Set<String> OF_APPS = Set.of("/token", "/presign", "/post-policy");

    /**
     * @param store what the registry reads
     * @param events takes one event of the bus
     * @param loopback whether the trusted faces can be reached from this machine alone
     */
    static Faces of(
            KeyRegistry registry,
            RegistryStore store,
            Endpoint events,
            Settings settings,
            SecureRandom random,
            boolean loopback) {
        SigningKeys keys = new SigningKeys(SIGNING_KEYS);
        SessionOpener sessions = SessionOpener.of(new SessionReader(registry));
        BearerAuthenticator authenticator = new BearerAuthenticator(registry);
        UpstreamSessions upstream = new UpstreamSessions(registry, settings.stsEndpoint(), random, System::nanoTime);
        TokenFunction token = new TokenFunction(authenticator, registry, upstream, random);
        StsFunction sts = new StsFunction(authenticator, registry, store, random);
        PresignFunction presign = new PresignFunction(authenticator, registry, keys, settings.presign());
        PostPolicyFunction postPolicy = new PostPolicyFunction(authenticator, registry, keys, settings.postPolicy());
        SignContentFunction signContent =
                new SignContentFunction(authenticator, registry, keys, settings.signContent());
        VerifySettings verifying = settings.verify().listening(loopback);
        VerifyFunction verify = new VerifyFunction(registry, sessions, keys, verifying);
        Explainer explainer =
                new Explainer(new Verifier(registry, sessions, keys, verifying.bases()), registry, verifying.allowAt());
        AuthFunction auth = new AuthFunction(
                registry, new AclWriter(store), sessions, keys, settings.auth(), random, System::nanoTime);
        AclFunction acl = new AclFunction(store);
        return new Faces(
                List.of(
                        new Routes.Route(
                                "/token",
                                List.of("GET", "POST"),
                                RequestLimits.BODY,
                                Endpoint.of(token::handle, token::refusal)),
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
                                presign::handle),
                        new Routes.Route("/post-policy", List.of("POST"), RequestLimits.BODY, postPolicy::handle),
                        new Routes.Route("/sign-content", List.of("POST"), RequestLimits.BODY, signContent::handle),
                        health(registry)),
                Stream.concat(
                                Stream.of(
                                        new Routes.Route(
                                                        VERIFY.path(),
                                                        List.of("POST"),
                                                        RequestLimits.BODY,
                                                        verify::handle)
                                                .behind(guards(VERIFY, settings, loopback)),
                                        Routes.Route.ofHeaders(AUTH.path(), auth::handle)
                                                .behind(guards(AUTH, settings, loopback)),
                                        new Routes.Route(ACL.path(), List.of("PUT"), RequestLimits.BODY, acl::handle)
                                                .behind(guards(ACL, settings, loopback)),
                                        new Routes.Route(EVENTS.path(), List.of("POST"), RequestLimits.BODY, events)
                                                .behind(guards(EVENTS, settings, loopback))),
                                console(explainer, settings, loopback))
                        .map(route -> route.in(Lane.PRIVATE))
                        .toList());
    }

    /** A page cannot keep a token, and nobody types one into it: where programs have theirs, there is no console. */
    private static Stream<Routes.Route> console(Explainer explainer, Settings settings, boolean loopback) {
        return settings.privateTokens().isPresent() ? Stream.of() : Console.routes(explainer, loopback).stream();
    }

    /** Whose pages may call what, on the port of the open faces. */
    static Cors cors(Settings settings) {
        return new Cors(settings.corsOrigins(), OF_APPS);
    }

    /**
     * What stands before a private face. {@code /auth} takes any Host and Origin: it gets the client's own from some proxies, and answers a page with nothing
     * that it could use.
     */
    private static List<Guard> guards(PrivateFace face, Settings settings, boolean loopback) {
        List<Guard> guards = new ArrayList<>();
        if (loopback && face != AUTH) {
            guards.add(new HostGuard(settings.privateHosts()));
        }
        settings.privateTokens().ifPresent(tokens -> guards.add(tokens.before(face)));
        return guards;
    }

    /** On one port: only where nobody else can reach it. */
    List<Routes.Route> shared() {
        return Stream.concat(open.stream(), trusted.stream()).toList();
    }

    /** The same where the registry is only read: the faces that write answer so. */
    Faces readOnly() {
        return new Faces(open, trusted.stream().map(Faces::readOnly).toList());
    }

    private static Routes.Route readOnly(Routes.Route route) {
        return WRITING.contains(route.path()) ? route.answeredBy(ReadOnlyFace.INSTANCE) : route;
    }

    Routes.Route at(String path) {
        return shared().stream()
                .filter(route -> route.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no face is at " + path));
    }

    private static Routes.Route health(KeyRegistry registry) {
        return new Routes.Route("/health", List.of("GET", "HEAD"), RequestLimits.BODY, new HealthFace(registry::probe))
                .in(Lane.HEALTH);
    }
}
