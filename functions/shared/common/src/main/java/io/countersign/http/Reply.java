package io.countersign.http;

import io.countersign.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The HTTP response of a function. The server adds Content-Length, and Date if it is missing.
 *
 * @param outcome how the call ended, for logs and metrics. Some functions refuse with status 200, and report in the body how it ended
 * @param code the code of the refusal that the body reports, for logs and metrics; empty for a success
 * @param facts what else logs and metrics may know of the decision; never sent
 */
public record Reply(
        int status, List<Header> headers, Bytes body, Outcome outcome, Optional<String> code, DecisionFacts facts) {
    private static final List<Header> OF_JSON =
            List.of(new Header("Content-Type", "application/json"), new Header("Cache-Control", "no-store"));

    public Reply {
        headers = List.copyOf(headers);
    }

    /** A response that reports no code. */
    public Reply(int status, List<Header> headers, Bytes body) {
        this(status, headers, body, DecisionFacts.NONE);
    }

    private Reply(int status, List<Header> headers, Bytes body, DecisionFacts facts) {
        this(status, headers, body, Outcome.of(status), Optional.empty(), facts);
    }

    /** A response in JSON. It may contain credentials, so caches must not store it. */
    public static Reply json(int status, String text) {
        return new Reply(status, OF_JSON, Bytes.utf8(text));
    }

    /** As {@link #json(int, String)}; the consumer adds the members of an object in order. */
    public static Reply json(int status, Consumer<JsonText.ObjectWriter> members) {
        return json(status, DecisionFacts.NONE, members);
    }

    /** As {@link #json(int, Consumer)}, about a decision. */
    public static Reply json(int status, DecisionFacts facts, Consumer<JsonText.ObjectWriter> members) {
        return new Reply(status, OF_JSON, Bytes.json(members), facts);
    }

    /** A response in plain text, without a line end at its end. It may contain credentials, so caches must not store it. */
    public static Reply text(int status, String text) {
        return new Reply(
                status,
                List.of(
                        new Header("Content-Type", "text/plain; charset=utf-8"),
                        new Header("Cache-Control", "no-store")),
                Bytes.utf8(text));
    }

    /** A response without a body. */
    public static Reply empty(int status) {
        return new Reply(status, List.of(), Bytes.EMPTY);
    }

    /** A copy with one more header. */
    public Reply with(String name, String value) {
        List<Header> more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new Reply(status, more, body, outcome, code, facts);
    }

    /** A copy that is a refusal with this code; its status is that of the response. */
    public Reply refusing(String refusal) {
        return refusing(status, refusal);
    }

    /**
     * A copy that is a refusal with this code.
     *
     * @param real the status of the refusal: that of the response, or the one that the body reports where the response has 200 for its clients' sake. Below 400 it is a refusal all the same
     */
    public Reply refusing(int real, String refusal) {
        Outcome ended = Outcome.of(real);
        return new Reply(
                status, headers, body, ended == Outcome.ALLOWED ? Outcome.REFUSED : ended, Optional.of(refusal), facts);
    }

    /** A copy with facts about its decision. */
    public Reply about(DecisionFacts known) {
        return new Reply(status, headers, body, outcome, code, known);
    }

    /** The value of the first header of that name. */
    public Optional<String> header(String name) {
        return Header.first(headers, name);
    }
}
