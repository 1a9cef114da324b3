package io.countersign.gateway.corpus;

import io.countersign.identity.CallerRefusal;
import io.countersign.identity.token.SessionIssuer;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Value.ArrayValue;
import io.countersign.json.Value.StringValue;
import io.countersign.oss.PercentEncoding;
import io.countersign.signing.AccessKey;
import io.countersign.signing.CredentialScope;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.request.SelfSignature;
import java.util.Optional;

/**
 * Puts together what a user pastes: {@code text} is a URL, the lines of a transcript, or a HAR entry, in which {@code ${id}}, {@code ${token}} and {@code ${signature}} stand for what the client of {@code signed} had and
 * made. It says who signs ({@code as} or {@code role}) and what was signed: {@code v1}, a string to sign, or {@code v4}, a canonical request, in the region {@code region}. {@code $%{...}} is percent-encoded.
 */
record Pasted(AppliedManifest manifest, String account) {
    private static final SigningKeys KEYS = new SigningKeys(16);
    private static final String DATE = "20261122T030000Z";

    String text(Members paste) throws InvalidDocumentException {
        String text = written(paste.required("text"));
        Optional<Value> signed = paste.optional("signed");
        return signed.isEmpty() ? text : filled(text, Members.of(signed.get()));
    }

    private String filled(String text, Members signed) throws InvalidDocumentException {
        AccessKey key;
        String token = "";
        Optional<String> role = signed.optionalString("role");
        if (role.isPresent()) {
            SessionIssuer.IssuedSession session = session(role.get());
            key = new AccessKey(session.accessKeyId(), session.secret());
            token = session.token().reveal();
        } else {
            key = Cast.key(signed.string("as"));
        }
        String id = signed.optionalString("id").orElse(key.id());
        String made = signature(signed, key, token);
        signed.done();
        return with(with(with(text, "id", id), "token", token), "signature", made);
    }

    private SessionIssuer.IssuedSession session(String role) {
        try {
            return manifest.session(account, role, Optional.empty(), Optional.empty());
        } catch (CallerRefusal e) {
            throw new AssertionError(e);
        }
    }

    private static String signature(Members signed, AccessKey key, String token) throws InvalidDocumentException {
        Optional<Value> v1 = signed.optional("v1");
        if (v1.isPresent()) {
            return SelfSignature.v1(with(written(v1.get()), "token", token), key);
        }
        String canonical = with(written(signed.required("v4")), "token", token);
        CredentialScope scope = new CredentialScope(
                key.id(),
                DATE.substring(0, 8),
                signed.optionalString("region").orElse(Cast.REGION),
                CredentialScope.OSS);
        return SelfSignature.v4(SelfSignature.stringToSign(DATE, scope, canonical), scope, key, KEYS);
    }

    private static String with(String text, String name, String value) {
        return text.replace("${" + name + "}", value).replace("$%{" + name + "}", PercentEncoding.encode(value));
    }

    /** A string, lines, or JSON. */
    private static String written(Value value) throws InvalidDocumentException {
        if (value instanceof StringValue string) {
            return string.text();
        }
        if (!(value instanceof ArrayValue lines)) {
            return JsonText.of(value);
        }
        StringBuilder text = new StringBuilder();
        for (Value line : lines.elements()) {
            text.append(text.isEmpty() ? "" : "\n").append(Members.string(line));
        }
        return text.toString();
    }
}
