package io.countersign.gateway.store;

import io.countersign.http.Bytes;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.registry.Bucket;
import io.countersign.registry.Upstream;
import io.countersign.upstream.AnswerHead;
import io.countersign.upstream.AnswerTranslator;
import io.countersign.upstream.UpstreamBody;
import io.countersign.upstream.UpstreamFault;
import io.countersign.upstream.UpstreamRequest;
import io.countersign.upstream.WholeAnswer;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Asks stores for a list without a signature. One that gives it is open to everybody who finds it, whatever is decided here. This is for the operator's log alone: it
 * changes no answer.
 */
final class PrivacyProbe {
    private static final String QUERY = "?max-keys=1";
    private static final long MOST_DISCARDED = 64 * 1024;

    private final UpstreamClients clients;
    private final Consumer<String> lines;

    /** @param lines gets a line for each bucket that is not known to be private */
    PrivacyProbe(UpstreamClients clients, Consumer<String> lines) {
        this.clients = clients;
        this.lines = lines;
    }

    /** Asks one after the other. Runs on an event loop. */
    Future<Void> check(Vertx vertx, List<Bucket> buckets) {
        Future<Void> done = Future.succeededFuture();
        for (Bucket bucket : buckets) {
            if (bucket.upstream().isPresent()) {
                Upstream upstream = bucket.upstream().get();
                done = done.compose(before -> check(vertx, bucket.name(), upstream));
            }
        }
        return done;
    }

    private Future<Void> check(Vertx vertx, String bucket, Upstream upstream) {
        return clients.open(vertx, unsigned(upstream))
                .compose(request -> status(request, vertx.getOrCreateContext()))
                .onComplete(status -> {
                    if (status.failed()) {
                        lines.accept("event=upstream-unchecked bucket=" + bucket + " reason="
                                + status.cause().getClass().getSimpleName()
                                + " action=\"see whether the store can be reached, and keep its bucket private\"");
                    } else if (StoreJudge.isSuccess(status.result())) {
                        lines.accept(
                                "event=upstream-public bucket=" + bucket
                                        + " action=\"make the bucket private at its store: everybody may read it there, without Countersign\"");
                    }
                })
                .recover(failure -> Future.succeededFuture(0))
                .mapEmpty();
    }

    private static Future<Integer> status(HttpClientRequest request, Context loop) {
        request.exceptionHandler(failure -> {});
        return request.send().map(answer -> {
            new AnswerStream(request, answer, loop, broken -> {}).discard(MOST_DISCARDED);
            return answer.statusCode();
        });
    }

    private static UpstreamRequest unsigned(Upstream upstream) {
        return new UpstreamRequest(
                HttpMethod.GET,
                UpstreamRequest.endpoint(upstream),
                (upstream.pathStyle() ? "/" + upstream.bucket() + "/" : "/") + QUERY,
                Headers.NONE,
                new UpstreamBody.None(),
                NoAnswer.INSTANCE,
                Optional.empty());
    }

    /** Nobody gets the answer. */
    private enum NoAnswer implements AnswerTranslator {
        INSTANCE;

        @Override
        public AnswerHead head(int status, Headers fromStore, String requestId) throws UpstreamFault {
            throw new UpstreamFault("nobody asked");
        }

        @Override
        public WholeAnswer whole(int status, Headers fromStore, Bytes body, String requestId) throws UpstreamFault {
            throw new UpstreamFault("nobody asked");
        }
    }
}
