package io.countersign.rotate.sessions;

import io.countersign.json.JsonText;
import io.countersign.registry.RevocationItem.Revocable;
import java.time.Instant;

/** Whose sessions a revocation is about, under names that an operator knows. */
public sealed interface SessionsOf {
    /** The name to show to the user. */
    String label();

    /** The ARN, the id of the access key or session, or the provider's ARN with the subject after a space. */
    String named();

    /** Writes the members that name it in an answer. */
    void write(JsonText.ObjectWriter json);

    /** The revocation with its moment, as one JSON object. */
    default String json(Instant revokedBefore) {
        return JsonText.object(json -> {
            write(json);
            json.put("revokedBefore", revokedBefore.toString());
        });
    }

    record Role(String accountId, String name) implements SessionsOf {
        @Override
        public String label() {
            return "the role " + named();
        }

        @Override
        public String named() {
            return "acs:ram::" + accountId + ":role/" + name;
        }

        @Override
        public void write(JsonText.ObjectWriter json) {
            json.put("role", named());
        }
    }

    record Provider(Revocable.OfProvider about) implements SessionsOf {
        @Override
        public String label() {
            return "the provider " + named();
        }

        @Override
        public String named() {
            return "acs:ram::" + about.accountId() + ":oidc-provider/" + about.name();
        }

        @Override
        public void write(JsonText.ObjectWriter json) {
            json.put("provider", named());
        }
    }

    record Subject(Revocable.OfSubject about) implements SessionsOf {
        @Override
        public String label() {
            return "the subject " + about.subject() + " of " + provider().label();
        }

        @Override
        public String named() {
            return provider().named() + " " + about.subject();
        }

        @Override
        public void write(JsonText.ObjectWriter json) {
            provider().write(json);
            json.put("subject", about.subject());
        }

        private Provider provider() {
            return new Provider(about.provider());
        }
    }

    record AccessKey(String id) implements SessionsOf {
        @Override
        public String label() {
            return "the access key " + id;
        }

        @Override
        public String named() {
            return id;
        }

        @Override
        public void write(JsonText.ObjectWriter json) {
            json.put("accessKeyId", id);
        }
    }

    record Session(String id) implements SessionsOf {
        @Override
        public String label() {
            return "the session " + id;
        }

        @Override
        public String named() {
            return id;
        }

        @Override
        public void write(JsonText.ObjectWriter json) {
            json.put("session", id);
        }
    }
}
