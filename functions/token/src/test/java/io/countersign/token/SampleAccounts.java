package io.countersign.token;

import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Header;
import io.countersign.http.LongWork;
import io.countersign.http.Reply;
import io.countersign.identity.BearerAuthenticator;
import io.countersign.identity.TestKeys;
import io.countersign.identity.TestRegistry;
import io.countersign.identity.TestToken;
import io.countersign.identity.limits.SubjectLimits;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Value;
import io.countersign.json.Values;
import io.countersign.registry.CacheSettings;
import io.countersign.registry.Fixture;
import io.countersign.registry.KeyRegistry;
import io.countersign.testkit.Seeds;
import io.countersign.token.upstream.UpstreamSessions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Two accounts with equal names, users who may assume roles and users who may not, and a role for each reason to be refused. */
public final class SampleAccounts {
    public static final String ACCOUNT = "1234567890123456";
    public static final String OTHER = "6543210987654321";
    public static final String ROOT_KEY = "LTAI5tRootRootRootRoot";
    public static final String ADA_KEY = "LTAI5tAdaAdaAdaAdaAda";
    public static final String BOB_KEY = "LTAI5tBobBobBobBobBob";
    public static final String EVE_KEY = "LTAI5tEveEveEveEveEve";
    public static final String IDLE_KEY = "LTAI5tIdleIdleIdleIdle";
    public static final String OTHER_ADA_KEY = "LTAI5tOtherAdaOtherAda";

    private static final String MANIFEST = """
            {"accounts": [
              {"id": "1234567890123456",
               "accessKeys": [{"id": "LTAI5tRootRootRootRoot", "secret": "RootSecret"}],
               "users": [
                 {"name": "ada", "uid": "20214760404935001",
                  "accessKeys": [{"id": "LTAI5tAdaAdaAdaAdaAda", "secret": "AdaSecret"},
                                 {"id": "LTAI5tIdleIdleIdleIdle", "secret": "IdleSecret", "status": "Inactive"}],
                  "policies": [{"Version": "1", "Statement": [
                    {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "acs:ram:*:*:role/*"},
                    {"Effect": "Deny", "Action": "sts:AssumeRole", "Resource": "acs:ram:*:1234567890123456:role/denied"},
                    {"Effect": "Deny", "Action": "*", "Resource": "*",
                     "Condition": {"IpAddress": {"acs:SourceIp": "192.0.2.66"}}},
                    {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"StringLike": {"oss:BucketTag/a": "*"}}},
                    {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"StringLike": {"oss:RequestObjectTag/a": "*"}}},
                    {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"StringLike": {"oss:x-oss-object-acl": "*"}}}]}]},
                 {"name": "bob", "accessKeys": [{"id": "LTAI5tBobBobBobBobBob", "secret": "BobSecret"}], "policies": []},
                 {"name": "idle", "policies": []},
                 {"name": "eve", "accessKeys": [{"id": "LTAI5tEveEveEveEveEve", "secret": "EveSecret"}],
                  "policies": [{"Version": "1", "Statement": [
                    {"Effect": "Allow", "Action": "*", "Resource": "*"}]}]}],
               "roles": [
                 {"name": "app", "maxSessionDuration": "PT2H", "trust": %1$s, "sharedSubjects": true, "policies": [%2$s]},
                 {"name": "named", "sessionName": "caller", "trust": %1$s, "sharedSubjects": true, "policies": [%2$s]},
                 {"name": "denied", "trust": %1$s, "sharedSubjects": true, "policies": [%2$s]},
                 {"name": "short", "maxSessionDuration": "PT30M", "trust": %1$s, "sharedSubjects": true, "policies": [%2$s]},
                 {"name": "partner", "policies": [%2$s], "trust": {"Version": "1", "Statement": [
                    {"Effect": "Allow", "Action": "sts:AssumeRole",
                     "Principal": {"RAM": ["acs:ram::1234567890123456:user/ada"]},
                     "Condition": {"StringEquals": {"sts:ExternalId": "partner-7"}}}]}},
                 {"name": "closed", "policies": [%2$s], "trust": {"Version": "1", "Statement": [
                    {"Effect": "Allow", "Action": "sts:AssumeRole",
                     "Principal": {"Federated": ["acs:ram::1234567890123456:oidc-provider/nobody"]}}]}},
                 {"name": "empty", "trust": %1$s, "sharedSubjects": true, "policies": []},
                 {"name": "limited", "trust": %1$s, "sharedSubjects": true, "policies": [%2$s], "limits": {"sessionsPerMinute": 2}},
                 {"name": "upstream-limited", "trust": %1$s, "sharedSubjects": true, "policies": [%2$s], "authority": "sts", "signer": "ada", "limits": {"sessionsPerMinute": 2}},
                 {"name": "uploader", "trust": %1$s, "sharedSubjects": true, "policies": [%2$s], "faces": ["presign", "post-policy", "sign-content", "uploads"]},
                 {"name": "of-token", "trust": %1$s, "sharedSubjects": true, "policies": [%2$s], "faces": ["token"]},
                 {"name": "of-sts", "trust": %1$s, "sharedSubjects": true, "policies": [%2$s], "faces": ["sts"]},
                 {"name": "upstream-uploader", "trust": %1$s, "sharedSubjects": true, "policies": [%2$s], "authority": "sts", "signer": "ada", "faces": ["uploads", "sts"]},
                 {"name": "upstream", "trust": %1$s, "sharedSubjects": true, "policies": [%2$s], "authority": "sts", "signer": "ada"},
                 {"name": "upstream-long", "trust": %1$s, "sharedSubjects": true, "policies": [%4$s], "authority": "sts", "signer": "ada"},
                 {"name": "upstream-keyless", "trust": %1$s, "sharedSubjects": true, "policies": [%2$s], "authority": "sts", "signer": "idle"},
                 {"name": "upstream-owner", "trust": %1$s, "sharedSubjects": true, "authority": "sts", "signer": "ada",
                  "policies": [{"Version": "1", "Statement": [
                    {"Effect": "Allow", "Action": "oss:*", "Resource": "acs:oss:*:${jwt:sub}:examplebucket/*"}]}]}],
               "oidcProviders": [
                 {"name": "demo", "issuer": "https://idp.example", "clientIds": ["app"], "jwks": %3$s, "defaultRole": "app"},
                 {"name": "web", "issuer": "https://idp.example", "clientIds": ["web"], "jwks": %3$s, "defaultRole": "app",
                  "allowQueryToken": true}]},
              {"id": "6543210987654321",
               "users": [
                 {"name": "ada", "accessKeys": [{"id": "LTAI5tOtherAdaOtherAda", "secret": "OtherAdaSecret"}],
                  "policies": [{"Version": "1", "Statement": [
                    {"Effect": "Allow", "Action": "*", "Resource": "*"}]}]}],
               "roles": [
                 {"name": "app", "policies": [%2$s], "trust": {"Version": "1", "Statement": [
                    {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"RAM": ["acs:ram::6543210987654321:root"]}}]}},
                 {"name": "shared", "policies": [%2$s], "trust": {"Version": "1", "Statement": [
                    {"Effect": "Allow", "Action": "sts:AssumeRole",
                     "Principal": {"RAM": ["acs:ram::1234567890123456:user/ada"]}}]}}],
               "oidcProviders": [
                 {"name": "demo", "issuer": "https://idp.example", "clientIds": ["other"], "jwks": %3$s, "defaultRole": "app"}]}]}
            """;

    private static final String TRUST =
            "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\",\"Principal\":{"
                    + "\"RAM\":[\"acs:ram::1234567890123456:user/ada\",\"acs:ram::1234567890123456:user/bob\"],"
                    + "\"Federated\":[\"acs:ram::1234567890123456:oidc-provider/demo\",\"acs:ram::1234567890123456:oidc-provider/web\"]}}]}";
    private static final String POLICY =
            "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"oss:GetObject\","
                    + "\"Resource\":[\"acs:oss:*:*:examplebucket/users/${jwt:sub}/*\"]},"
                    + "{\"Effect\":\"Allow\",\"Action\":\"oss:ListObjects\",\"Resource\":\"acs:oss:*:*:examplebucket\"}]}";

    public final Fixture fixture = new Fixture();
    public final KeyRegistry registry;
    public final BearerAuthenticator authenticator;
    public final SubjectLimits limits = new SubjectLimits(Seeds.secure());

    private static final String LONG_POLICY =
            POLICY.replace("examplebucket/users", "examplebucket/" + "u".repeat(1_000));

    public SampleAccounts() {
        this(MANIFEST);
    }

    private SampleAccounts(String manifest) {
        apply(manifest.formatted(TRUST, POLICY, TestRegistry.jwks(), LONG_POLICY + "," + LONG_POLICY));
        registry = new KeyRegistry(
                fixture.store, fixture.sealer, new CacheSettings.Bounds(Duration.ZERO, Duration.ZERO, 100));
        authenticator = new BearerAuthenticator(registry);
    }

    /** Returns accounts whose {@code upstream} roles issue sessions themselves, in the place of Alibaba Cloud. */
    public static SampleAccounts withUpstreamOfItsOwn() {
        return new SampleAccounts(MANIFEST.replace(", \"authority\": \"sts\", \"signer\": \"ada\"", "")
                .replace(", \"authority\": \"sts\", \"signer\": \"idle\"", ""));
    }

    /** Removes identity providers from the trust policies of all roles. */
    public void trustNobody() {
        apply(MANIFEST.formatted(
                TRUST.replaceFirst(",\"Federated\":\\[[^]]*]", ""),
                POLICY,
                TestRegistry.jwks(),
                LONG_POLICY + "," + LONG_POLICY));
    }

    /** Returns {@code /token}, with STS at this address. */
    public TokenFunction tokens(UpstreamSessions.StsEndpoint endpoint) {
        return new TokenFunction(
                authenticator,
                registry,
                limits,
                new UpstreamSessions(registry, limits, endpoint, fixture.random, System::nanoTime, LongWork.ANYWHERE),
                fixture.random);
    }

    /** A token of the provider that knows this audience, for the user ada. */
    public static String token(String audience) {
        TestToken good = TestToken.good("EdDSA", "ed");
        return good.withPayload(good.payload().replace("\"aud\":\"app\"", "\"aud\":\"" + audience + "\""))
                .signed(TestKeys.ED25519, "EdDSA");
    }

    /** A GET, or a POST of a body, with these headers, given as name and value in turn. */
    public static Call call(String method, String path, String query, String body, String... headers) {
        List<Header> lines = new ArrayList<>();
        for (int i = 0; i < headers.length; i += 2) {
            lines.add(new Header(headers[i], headers[i + 1]));
        }
        return new Call(
                method,
                path,
                query.isEmpty() ? Optional.empty() : Optional.of(query),
                lines,
                Bytes.utf8(body),
                "203.0.113.7",
                true);
    }

    /** A member of a JSON answer by its path, names separated by dots; empty when there is none. */
    public static Optional<String> member(Reply reply, String path) {
        try {
            Value at = Values.parse(reply.body().toArray());
            for (String name : path.split("\\.")) {
                if (!(at instanceof Value.ObjectValue object)
                        || !object.members().containsKey(name)) {
                    return Optional.empty();
                }
                at = object.members().get(name);
            }
            return Optional.of(
                    switch (at) {
                        case Value.StringValue string -> string.text();
                        case Value.NumberValue number -> number.literal();
                        default -> at.toString();
                    });
        } catch (InvalidDocumentException e) {
            throw new AssertionError(reply.body().utf8(), e);
        }
    }

    private void apply(String manifest) {
        try {
            fixture.apply(manifest);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
