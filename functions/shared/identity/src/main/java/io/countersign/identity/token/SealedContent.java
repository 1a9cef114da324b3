package io.countersign.identity.token;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Value.ObjectValue;
import io.countersign.json.Values;
import io.countersign.policy.PolicyDocument;
import io.countersign.registry.RevocationItem;
import io.countersign.registry.SessionFacts;
import io.countersign.signing.Secret;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The content of a security token.
 *
 * @param tokenId unique for each token: the id of the session
 * @param founder the provider of the role's account, or the parent key
 * @param variables the claims that are filled into the role's policies
 * @param login when the user logged in: the {@code iat} of the bearer's JWT; empty for a session of an access key, and
 *     for one that version 0.1 issued
 * @param issued in milliseconds, for revocation
 * @param expires in whole seconds
 */
record SealedContent(
        String tokenId,
        String accountId,
        String roleName,
        String roleId,
        RevocationItem.Revocable.Founder founder,
        String subject,
        String sessionName,
        String accessKeyId,
        Secret secret,
        Optional<PolicyDocument> sessionPolicy,
        Map<String, String> variables,
        Optional<Instant> login,
        Instant issued,
        Instant expires) {
    SealedContent {
        variables = Map.copyOf(variables);
    }

    SessionFacts.Query restsOn() {
        return new SessionFacts.Query(
                accountId,
                roleName,
                roleId,
                founder,
                switch (founder) {
                    case RevocationItem.Revocable.OfProvider provider ->
                        Optional.of(new RevocationItem.Revocable.OfSubject(provider, subject));
                    case RevocationItem.Revocable.OfAccessKey key -> Optional.empty();
                },
                Optional.of(new RevocationItem.Revocable.OfSession(tokenId)));
    }

    /** The JSON in a security token, in UTF-8. Names are short, because they count towards the length of the token. */
    static final class ContentText {
        private static final long VERSION = 1;
        private static final long LAST_SECOND = 253_402_300_799L;

        private ContentText() {}

        static byte[] of(SealedContent content) {
            return JsonText.utf8(json -> {
                json.put("v", VERSION)
                        .put("jti", content.tokenId())
                        .put("acc", content.accountId())
                        .put("role", content.roleName())
                        .put("rid", content.roleId());
                founder(json, content.founder());
                json.put("sub", content.subject())
                        .put("name", content.sessionName())
                        .put("id", content.accessKeyId())
                        .put("key", content.secret().reveal());
                content.sessionPolicy().ifPresent(policy -> json.put("pol", policy.json()));
                json.object("vars", vars -> content.variables().forEach(vars::put));
                content.login().ifPresent(login -> json.put("log", login.getEpochSecond()));
                json.put("iat", content.issued().toEpochMilli())
                        .put("exp", content.expires().getEpochSecond());
            });
        }

        /** @throws InvalidDocumentException when the text is not a content of this version */
        static SealedContent read(byte[] text) throws InvalidDocumentException {
            Members members = Members.of(Values.parse(text));
            Members.integer(members.required("v"), VERSION, VERSION);
            String account = members.string("acc");
            SealedContent content = new SealedContent(
                    members.string("jti"),
                    account,
                    members.string("role"),
                    members.string("rid"),
                    founder(members, account),
                    members.string("sub"),
                    members.string("name"),
                    members.string("id"),
                    Secret.of(members.string("key")),
                    policy(members),
                    variables(members.required("vars")),
                    login(members),
                    Instant.ofEpochMilli(Members.integer(members.required("iat"), 0, LAST_SECOND * 1_000)),
                    Instant.ofEpochSecond(Members.integer(members.required("exp"), 0, LAST_SECOND)));
            members.done();
            return content;
        }

        private static void founder(JsonText.ObjectWriter json, RevocationItem.Revocable.Founder founder) {
            switch (founder) {
                case RevocationItem.Revocable.OfProvider provider -> json.put("idp", provider.name());
                case RevocationItem.Revocable.OfAccessKey key -> json.put("par", key.id());
            }
        }

        private static RevocationItem.Revocable.Founder founder(Members members, String account)
                throws InvalidDocumentException {
            Optional<String> provider = members.optionalString("idp");
            return provider.isPresent()
                    ? new RevocationItem.Revocable.OfProvider(account, provider.get())
                    : new RevocationItem.Revocable.OfAccessKey(members.string("par"));
        }

        private static Optional<PolicyDocument> policy(Members members) throws InvalidDocumentException {
            Optional<String> text = members.optionalString("pol");
            return text.isEmpty()
                    ? Optional.empty()
                    : Optional.of(PolicyDocument.parse(Values.parse(text.get()), PolicyDocument.Kind.SESSION));
        }

        private static Optional<Instant> login(Members members) throws InvalidDocumentException {
            OptionalLong second = members.optionalInteger("log", 0, LAST_SECOND);
            return second.isPresent() ? Optional.of(Instant.ofEpochSecond(second.getAsLong())) : Optional.empty();
        }

        private static Map<String, String> variables(Value value) throws InvalidDocumentException {
            if (value instanceof ObjectValue object) {
                Map<String, String> variables =
                        HashMap.newHashMap(object.members().size());
                for (var member : object.members().entrySet()) {
                    variables.put(member.getKey(), Members.string(member.getValue()));
                }
                return variables;
            }
            throw new InvalidDocumentException(value.at(), "expected an object");
        }
    }
}
