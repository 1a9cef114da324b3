package io.countersign.gateway.console;

import io.countersign.gateway.guard.HostGuard;
import io.countersign.gateway.server.Route;
import io.countersign.verify.report.Explainer;
import java.util.List;

/** The routes of the console. They answer nobody but this machine's own user, in a page of their own. */
public final class Console {
    /** Bytes of a question: a transcript, and what the client signed. */
    static final int BODY = 1024 * 1024;

    private static final List<String> READ = List.of("GET", "HEAD");

    private Console() {}

    /** @param loopback whether the port can be reached from this machine alone; the routes refuse everything otherwise */
    public static List<Route> routes(Explainer explainer, boolean loopback) {
        ConsoleGuard guard = new ConsoleGuard(loopback);
        ExplainFace explain = new ExplainFace(explainer);
        return List.of(
                page("/console", "console.html", "text/html; charset=utf-8", guard),
                page("/console/console.css", "console.css", "text/css; charset=utf-8", guard),
                page("/console/console.js", "console.js", "text/javascript; charset=utf-8", guard),
                Route.ofLargeBody(
                                "/console/explain",
                                List.of("POST"),
                                BODY,
                                (head, now) -> guard.refusal(head),
                                guard.before(explain::handle))
                        .behind(List.of(HostGuard.LOCAL)));
    }

    private static Route page(String path, String resource, String type, ConsoleGuard guard) {
        ConsoleFile file = ConsoleFile.load(resource, type);
        return new Route(path, READ, 0, guard.before((call, now) -> file.reply())).behind(List.of(HostGuard.LOCAL));
    }
}
