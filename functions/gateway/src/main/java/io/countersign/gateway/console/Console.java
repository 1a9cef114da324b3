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

/** The routes of the console. They answer nobody but this machine's own user, in a page of their own. */
public final class Console {
    /** Bytes of a question: a transcript, and what the client signed. */
    static final int BODY = 1024 * 1024;

    private static final List<String> READ = List.of("GET", "HEAD");

    private Console() {}

    /** @param loopback whether the port can be reached from this machine alone; the routes refuse everything otherwise */
    public static List<Routes.Route> routes(Explainer explainer, boolean loopback) {
        ConsoleGuard guard = new ConsoleGuard(loopback);
        ExplainFace explain = new ExplainFace(explainer);
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

    private static Routes.Route page(String path, String resource, String type, ConsoleGuard guard) {
        ConsoleFile file = ConsoleFile.load(resource, type);
        return new Routes.Route(path, READ, 0, guard.before((call, now) -> file.reply()))
                .behind(List.of(HostGuard.LOCAL));
    }

    /** Lets nobody at the console but who asks from this machine. */
    record ConsoleGuard(boolean loopback) {
        /** The face, behind the guard. */
        Endpoint before(Endpoint face) {
            return (call, now) -> {
                Optional<ProblemException.Problem> refusal = refusal(call);
                return refusal.isPresent() ? refusal.get().reply() : face.handle(call, now);
            };
        }

        /** Why the call goes no further; its body has no say. */
        Optional<ProblemException.Problem> refusal(Call call) {
            return loopback && isLocal(call.peer())
                    ? Optional.empty()
                    : Optional.of(new ProblemException.Problem(
                            403,
                            "LoopbackOnly",
                            "The console is for this machine alone",
                            "Open it on the machine that the gateway runs on, with the private faces on loopback."));
        }

        /** The peer is a literal address, so nothing is looked up. */
        private static boolean isLocal(String peer) {
            try {
                return InetAddress.getByName(peer).isLoopbackAddress();
            } catch (UnknownHostException e) {
                return false;
            }
        }
    }

    /** One file of the page, as the build put it into the program. */
    record ConsoleFile(Bytes content, String type) {
        /** Nothing but these files, by name: no script or style inside the page, nothing from elsewhere, in no frame. */
        private static final String POLICY =
                "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

        static ConsoleFile load(String name, String type) {
            try (InputStream in = ConsoleFile.class.getResourceAsStream(name)) {
                if (in == null) {
                    throw new IllegalStateException("the build left out " + name);
                }
                return new ConsoleFile(Bytes.of(in.readAllBytes()), type);
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
