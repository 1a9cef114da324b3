package io.countersign.gateway.console;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.verify.explain.ClientForm;
import io.countersign.verify.report.Explainer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** What the page asks. */
record Question(String text, ClientForm client, Optional<Instant> at) {
    static Question read(Members members) throws InvalidDocumentException {
        return new Question(
                members.string("text"),
                new ClientForm(form(members, "stringToSign"), form(members, "canonicalRequest")),
                at(members));
    }

    /** Browsers end lines of a text area with line feeds alone; what was pasted from a file may have more. */
    private static Optional<String> form(Members members, String name) throws InvalidDocumentException {
        Optional<Value> value = members.optional(name);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        String text = Members.string(value.get()).replace("\r\n", "\n");
        if (text.length() > ClientForm.MAX_LENGTH) {
            throw new InvalidDocumentException(
                    value.get().at(), "expected at most " + ClientForm.MAX_LENGTH + " characters");
        }
        return Optional.of(text);
    }

    private static Optional<Instant> at(Members members) throws InvalidDocumentException {
        Optional<Value> value = members.optional("at");
        if (value.isEmpty()) {
            return Optional.empty();
        }
        try {
            Instant at = Instant.parse(Members.string(value.get()).strip());
            if (Explainer.isPossible(at)) {
                return Optional.of(at);
            }
        } catch (DateTimeException e) {
            // Refused below like a moment out of range.
        }
        throw new InvalidDocumentException(
                value.get().at(), "expected a moment in UTC from 1970 to 9999, as 2026-11-22T03:00:00Z");
    }
}
