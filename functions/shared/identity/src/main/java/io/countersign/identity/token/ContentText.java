package io.countersign.identity.token;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonObjectWriter;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Value.ObjectValue;
import io.countersign.json.Values;
import io.countersign.policy.PolicyDocument;
import io.countersign.policy.PolicyKind;
import io.countersign.registry.Revocable;
import io.countersign.signing.Secret;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The JSON inside a security token. Names are short because they count against what a token may hold. */
final class ContentText {
    private static final long VERSION = 1;
    private static final long LAST_SECOND = 253_402_300_799L;

    private ContentText() {}

    static String of(SealedContent content) {
        return JsonText.object(json -> {
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
            json.object("vars", vars -> content.variables().forEach(vars::put))
                    .put("iat", content.issued().toEpochMilli())
                    .put("exp", content.expires().getEpochSecond());
        });
    }

    /** @throws InvalidDocumentException when the text is not the content of this version of Countersign */
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
                Instant.ofEpochMilli(Members.integer(members.required("iat"), 0, LAST_SECOND * 1_000)),
                Instant.ofEpochSecond(Members.integer(members.required("exp"), 0, LAST_SECOND)));
        members.done();
        return content;
    }

    private static void founder(JsonObjectWriter json, Revocable.Founder founder) {
        switch (founder) {
            case Revocable.OfProvider provider -> json.put("idp", provider.name());
            case Revocable.OfAccessKey key -> json.put("par", key.id());
        }
    }

    private static Revocable.Founder founder(Members members, String account) throws InvalidDocumentException {
        Optional<String> provider = members.optionalString("idp");
        return provider.isPresent()
                ? new Revocable.OfProvider(account, provider.get())
                : new Revocable.OfAccessKey(members.string("par"));
    }

    private static Optional<PolicyDocument> policy(Members members) throws InvalidDocumentException {
        Optional<String> text = members.optionalString("pol");
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(PolicyDocument.parse(Values.parse(text.get()), PolicyKind.SESSION));
    }

    private static Map<String, String> variables(Value value) throws InvalidDocumentException {
        Map<String, String> variables = new HashMap<>();
        if (value instanceof ObjectValue object) {
            for (var member : object.members().entrySet()) {
                variables.put(member.getKey(), Members.string(member.getValue()));
            }
            return variables;
        }
        throw new InvalidDocumentException(value.at(), "expected an object");
    }
}
