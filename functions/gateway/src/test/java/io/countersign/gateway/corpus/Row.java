package io.countersign.gateway.corpus;

import io.countersign.identity.CallerRefusal;
import io.countersign.identity.token.SessionIssuer;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Value.ObjectValue;
import io.countersign.oss.BaseDomains;
import io.countersign.oss.DomainBinding;
import io.countersign.oss.Headers;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.RequestParser;
import io.countersign.signing.AccessKey;
import io.countersign.signing.CredentialScope;
import io.countersign.signing.SecurityToken;
import io.countersign.signing.SignatureVersion;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.request.HeaderSigner;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One request of a case, and what is right.
 *
 * @param at its place in the file
 * @param as the account or user that signs it
 * @param role the role in whose session it is made; with neither it is anonymous
 * @param claims of the token that the session is founded on
 * @param session the session's own policy
 * @param face {@code verify}, or {@code auth} for what a proxy in front of files is told
 * @param told the members for {@code /verify}, unchanged: method, url, headers, sourceIp, context ...
 * @param code of the refusal, of the session or of the request; empty exactly when it may pass
 * @param decidedBy the step of the trace that decided
 * @param says a part of that step's sentence; at {@code /auth} what {@code X-Countersign-Resource} ends in
 */
record Row(
        String at,
        Optional<String> as,
        Optional<String> role,
        Optional<Value> claims,
        Optional<Value> session,
        String face,
        Map<String, Value> told,
        Optional<String> code,
        Optional<String> ec,
        Optional<String> decidedBy,
        Optional<String> says) {
    private static final SigningKeys KEYS = new SigningKeys(16);
    private static final Set<String> OWN =
            Set.of("as", "role", "claims", "session", "face", "allowed", "code", "ec", "decidedBy", "says", "why");

    static Row read(Value value) throws InvalidDocumentException {
        Members row = Members.of(value);
        boolean allowed = Members.bool(row.required("allowed"));
        Map<String, Value> told = new LinkedHashMap<>(((ObjectValue) value).members());
        told.keySet().removeAll(OWN);
        Optional<String> code = row.optionalString("code");
        return new Row(
                value.at().toString(),
                row.optionalString("as"),
                row.optionalString("role"),
                row.optional("claims"),
                row.optional("session"),
                row.optionalString("face").orElse("verify"),
                told,
                allowed ? code : code.or(() -> Optional.of("AccessDenied")),
                row.optionalString("ec"),
                row.optionalString("decidedBy"),
                row.optionalString("says"));
    }

    boolean allowed() {
        return code.isEmpty();
    }

    String method() throws InvalidDocumentException {
        return Members.string(told.get("method"));
    }

    /** Absolute; a target is one in path style. */
    String url() throws InvalidDocumentException {
        String url = Members.string(told.get("url"));
        return url.startsWith("/") ? "http://localhost" + url : url;
    }

    /** The request as it is sent, with a signature of this version if the row has a signer. */
    Headers headers(AppliedManifest manifest, String account, SignatureVersion version)
            throws InvalidDocumentException, CallerRefusal, OssRefusal {
        if (role.isPresent()) {
            SessionIssuer.IssuedSession issued = manifest.session(account, role.get(), claims, session);
            AccessKey key = new AccessKey(issued.accessKeyId(), issued.secret());
            return signed(version, key, Optional.of(issued.token()));
        }
        return as.isPresent() ? signed(version, Cast.key(as.get()), Optional.empty()) : own();
    }

    private Headers signed(SignatureVersion version, AccessKey key, Optional<SecurityToken> token)
            throws InvalidDocumentException, OssRefusal {
        Headers headers = own();
        OssRequest parsed = RequestParser.parse(method(), url(), headers, BaseDomains.DEFAULT, DomainBinding.NONE);
        HeaderSigner.HeaderToSign toSign = new HeaderSigner.HeaderToSign(
                version,
                parsed.method(),
                parsed.target(),
                parsed.query(),
                headers,
                List.of(),
                token,
                Cast.REGION,
                CredentialScope.OSS);
        for (Headers.HeaderField field : new HeaderSigner(KEYS)
                .authorize(toSign, key, moment())
                .headers()
                .fields()) {
            headers = headers.and(field.name(), field.value());
        }
        return headers;
    }

    private Headers own() throws InvalidDocumentException {
        Headers headers = Headers.NONE;
        if (told.get("headers") instanceof ObjectValue object) {
            for (var header : object.members().entrySet()) {
                headers = headers.and(header.getKey(), Members.string(header.getValue()));
            }
        }
        return headers;
    }

    private Instant moment() throws InvalidDocumentException {
        return told.containsKey("at") ? Instant.parse(Members.string(told.get("at"))) : AppliedManifest.NOW;
    }
}
