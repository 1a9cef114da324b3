package io.countersign.presign;

import io.countersign.http.JsonBody;
import io.countersign.http.ProblemException;
import io.countersign.identity.delegation.SigningRefusal;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a body of {@code POST /presign}: one request, or an array of requests that are read independently. */
final class BatchReader {
    /** The most requests in one body. */
    static final int MAX_REQUESTS = 1_000;

    private final PresignRequestReader reader;

    BatchReader(PresignRequestReader reader) {
        this.reader = reader;
    }

    Entry single(Members members) {
        try {
            PresignRequestReader.PresignRequest request = reader.read(members);
            members.done();
            return new Entry.Read(request);
        } catch (InvalidDocumentException e) {
            return new Entry.Unreadable(new Outcome.Refusal(JsonBody.invalidMember(e)));
        }
    }

    /** @throws ProblemException when the body has other members, no requests, or more than {@link #MAX_REQUESTS} */
    List<Entry> batch(Members members, String name) throws ProblemException {
        try {
            Value value = members.required(name);
            List<Value> elements = Members.array(value);
            members.done();
            if (elements.isEmpty() || elements.size() > MAX_REQUESTS) {
                throw new InvalidDocumentException(
                        value.at(), "expected from 1 to " + MAX_REQUESTS + " requests, found " + elements.size());
            }
            List<Entry> entries = new ArrayList<>(elements.size());
            for (Value element : elements) {
                entries.add(entry(element));
            }
            return entries;
        } catch (InvalidDocumentException e) {
            throw new ProblemException(JsonBody.invalidMember(e));
        }
    }

    private Entry entry(Value element) {
        try {
            return single(Members.of(element));
        } catch (InvalidDocumentException e) {
            return new Entry.Unreadable(new Outcome.Refusal(JsonBody.invalidMember(e)));
        }
    }

    /** One entry of a body, read or refused. */
    sealed interface Entry {
        record Read(PresignRequestReader.PresignRequest request) implements Entry {}

        record Unreadable(Outcome.Refusal refusal) implements Entry {}
    }

    /** The outcome of one request. */
    sealed interface Outcome {
        /** The code of a refusal. */
        Optional<String> code();

        /** Writes the members of this request's element of {@code results}. */
        void write(JsonText.ObjectWriter json);

        record Made(PresignedUrl url) implements Outcome {
            @Override
            public Optional<String> code() {
                return Optional.empty();
            }

            @Override
            public void write(JsonText.ObjectWriter json) {
                url.write(json);
            }
        }

        record Refusal(ProblemException.Problem problem) implements Outcome {
            static Refusal of(SigningRefusal refusal) {
                return new Refusal(refusal.problem("The URL was not signed"));
            }

            @Override
            public Optional<String> code() {
                return Optional.of(problem.code());
            }

            @Override
            public void write(JsonText.ObjectWriter json) {
                json.object("error", error -> error.put("code", problem.code()).put("message", problem.detail()));
            }
        }
    }
}
