package io.countersign.gateway.watch;

import io.countersign.http.DecisionFacts;
import io.countersign.http.Header;
import io.countersign.http.Outcome;
import io.countersign.http.Reply;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One decision of an endpoint.
 *
 * @param at the time of the reply
 * @param serverId the request id of the server
 * @param face the path of the endpoint, as its route names it; {@code none} where no route was found. Never a text of the caller
 * @param code the code of the refusal. Only texts of this program and of services that it calls, never of the caller
 * @param facts further facts, computed when they are read
 * @param headers the headers of the call
 * @param client the address of the caller, or of the client behind a trusted proxy
 * @param nanos the time from the arrival of the head to the reply
 * @param peer the address at the other end of the connection, which may be a proxy's; empty if it is unknown
 */
public record DecisionRecord(
        Instant at,
        String serverId,
        String face,
        Outcome outcome,
        Optional<String> code,
        DecisionFacts facts,
        List<Header> headers,
        Optional<String> client,
        long nanos,
        Optional<String> peer) {
    /** The face of calls that have no route. */
    public static final String NO_FACE = "none";

    /** The face of a store port, which has no paths of its own. */
    public static final String STORE_FACE = "store";

    private static final long NANOS_PER_MICRO = 1_000;

    /** Describes a reply. */
    public static DecisionRecord of(
            Instant at,
            String serverId,
            String face,
            Reply reply,
            List<Header> headers,
            Optional<String> client,
            long nanos) {
        return new DecisionRecord(
                at,
                serverId,
                face,
                reply.outcome(),
                reply.code(),
                reply.facts(),
                headers,
                client,
                nanos,
                Optional.empty());
    }

    /** Returns a copy for a call that came from this address. */
    public DecisionRecord from(String address) {
        return new DecisionRecord(
                at, serverId, face, outcome, code, facts, headers, client, nanos, Optional.of(address));
    }

    /** The request id that the reply shows to its caller. */
    public String requestId() {
        return facts.requestId().orElse(serverId);
    }

    public long micros() {
        return nanos / NANOS_PER_MICRO;
    }

    /** The User-Agent of the judged request, or of the call. */
    public Optional<String> userAgent() {
        return facts.userAgent().or(() -> Header.first(headers, "User-Agent"));
    }

    /** The client's address as policies see it. */
    public Optional<String> sourceIp() {
        return facts.judged() ? facts.sourceIp() : client;
    }
}
