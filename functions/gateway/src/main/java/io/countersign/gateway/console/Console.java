package io.countersign.gateway.console;

import io.countersign.gateway.explain.Explainer;
import io.countersign.gateway.guard.HostGuard;
import io.countersign.gateway.server.Routes;
import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Endpoint;
import io.countersign.http.Header;
import io.countersign.http.ProblemException;
import io.countersign.http.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/** The routes of the console. They answer requests from this machine only, and only to the console's own page. */
public final class Console {
    /** The largest body of an explain request, in bytes: a transcript, and the strings that the client signed. */
    static final int BODY = 1024 * 1024;

    private static final List<String> READ_METHODS = List.of("GET", "HEAD");

    private Console() {}

    /** @param loopback whether only this machine can reach the port; otherwise the routes refuse every request */
    public static List<Routes.Route> routes(Explainer explainer, boolean loopback) {
        LoopbackGuard guard = new LoopbackGuard(loopback);
        ExplainEndpoint explain = new ExplainEndpoint(explainer);
        return List.of(
                page("/console", "console.html", "text/html; charset=utf-8", guard),
                page("/console/console.css", "console.css", "text/css; charset=utf-8", guard),
                page("/console/console.js", "console.js", "text/javascript; charset=utf-8", guard),
                Routes.Route.ofLargeBody(
                                "/console/explain",
                                List.of("POST"),
                                BODY,
                                (head, now) -> guard.refusal(head),
                                guard.before(explain::handle))
                        .behind(List.of(HostGuard.LOCAL)));
    }

    private static Routes.Route page(String path, String resource, String type, LoopbackGuard guard) {
        StaticFile file = StaticFile.load(resource, type);
        return new Routes.Route(path, READ_METHODS, 0, guard.before((call, now) -> file.reply()))
                .behind(List.of(HostGuard.LOCAL));
    }

    /** Refuses requests that do not come from this machine. */
    record LoopbackGuard(boolean loopback) {
        /** Returns an endpoint that calls this one for admitted requests only. */
        Endpoint before(Endpoint endpoint) {
            return (call, now) -> {
                Optional<ProblemException.Problem> refusal = refusal(call);
                return refusal.isPresent() ? refusal.get().reply() : endpoint.handle(call, now);
            };
        }

        /** Returns the refusal, which does not depend on the body; empty when the call is admitted. */
        Optional<ProblemException.Problem> refusal(Call call) {
            return loopback && isLocal(call.peer())
                    ? Optional.empty()
                    : Optional.of(
                            new ProblemException.Problem(
                                    403,
                                    "LoopbackOnly",
                                    "Only this machine may open the console",
                                    "Open it on the machine that runs the gateway, and let the private endpoints listen on loopback."));
        }

        /** The peer is a literal address, so no name is resolved. */
        private static boolean isLocal(String peer) {
            try {
                return InetAddress.getByName(peer).isLoopbackAddress();
            } catch (UnknownHostException e) {
                return false;
            }
        }
    }

    /** A static file of the console, loaded from the class path. */
    record StaticFile(Bytes content, String type) {
        /** Allows these files only: no inline script or style, nothing from another origin, and no embedding in a frame. */
        private static final String POLICY =
                "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

        static StaticFile load(String name, String type) {
            try (InputStream in = StaticFile.class.getResourceAsStream(name)) {
                if (in == null) {
                    throw new IllegalStateException("the build does not contain " + name);
                }
                return new StaticFile(Bytes.of(in.readAllBytes()), type);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Reply reply() {
            return new Reply(
                    200,
                    List.of(
                            new Header("Content-Type", type),
                            new Header("Content-Security-Policy", POLICY),
                            new Header("Referrer-Policy", "no-referrer"),
                            new Header("Cross-Origin-Opener-Policy", "same-origin"),
                            new Header("Cross-Origin-Resource-Policy", "same-origin"),
                            new Header("X-Frame-Options", "DENY")),
                    content);
        }
    }
}
