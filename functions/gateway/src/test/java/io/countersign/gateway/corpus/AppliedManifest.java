package io.countersign.gateway.corpus;

import io.countersign.gateway.explain.Explainer;
import io.countersign.gateway.explain.Report;
import io.countersign.gateway.explain.transcript.Exchange;
import io.countersign.gateway.explain.transcript.Transcript;
import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Header;
import io.countersign.http.Reply;
import io.countersign.identity.BearerAuthenticator;
import io.countersign.identity.Caller;
import io.countersign.identity.CallerRefusal;
import io.countersign.identity.TestClientContext;
import io.countersign.identity.TestKeys;
import io.countersign.identity.TestToken;
import io.countersign.identity.limits.SubjectLimits;
import io.countersign.identity.token.SessionIssuer;
import io.countersign.identity.token.SessionReader;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Values;
import io.countersign.oss.BaseDomains;
import io.countersign.oss.Headers;
import io.countersign.registry.AclWriter;
import io.countersign.registry.CacheSettings;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.ReadAhead;
import io.countersign.registry.RoleFaces;
import io.countersign.registry.TestRootKey;
import io.countersign.registry.manifest.ApplyOptions;
import io.countersign.registry.manifest.ApplyRefusal;
import io.countersign.registry.manifest.KeyKeeper;
import io.countersign.registry.manifest.Manifest;
import io.countersign.registry.manifest.ManifestApplier;
import io.countersign.registry.sealing.Sealer;
import io.countersign.registry.store.MemoryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.SigningKeys;
import io.countersign.testkit.Seeds;
import io.countersign.verify.VerifyFunction;
import io.countersign.verify.VerifySettings;
import io.countersign.verify.decide.SessionOpener;
import io.countersign.verify.decide.UrlUses;
import io.countersign.verify.decide.Verifier;
import io.countersign.verify.explain.Explained;
import io.countersign.verify.forwardauth.AuthFunction;
import io.countersign.verify.forwardauth.AuthSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A registry to which a manifest was applied, and {@code /verify} over it. */
final class AppliedManifest {
    static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");

    private final KeyRegistry registry;
    private final VerifyFunction verify;
    private final AuthFunction auth;
    private final Explainer explainer;

    private AppliedManifest(KeyRegistry registry, MemoryStore store) {
        SessionOpener sessions = SessionOpener.of(new SessionReader(registry));
        SigningKeys keys = new SigningKeys(16);
        VerifySettings settings = new VerifySettings(true, BaseDomains.DEFAULT);
        this.registry = registry;
        this.verify = new VerifyFunction(registry, new UrlUses(store), sessions, keys, settings);
        this.auth = new AuthFunction(
                registry,
                new AclWriter(store),
                new UrlUses(store),
                sessions,
                keys,
                AuthSettings.DEFAULT,
                Seeds.secure(),
                System::nanoTime);
        this.explainer = new Explainer(new Verifier(registry, sessions, keys, settings.bases()), registry, true);
    }

    static AppliedManifest of(String manifest) {
        MemoryStore store = new MemoryStore();
        Sealer sealer = new Sealer(TestRootKey.ONE, Seeds.secure());
        try {
            ManifestApplier.apply(
                    Manifest.parse(manifest),
                    store,
                    sealer,
                    ApplyOptions.of(false),
                    KeyKeeper.reportAlone(),
                    NOW,
                    Seeds.secure());
        } catch (InvalidDocumentException | ApplyRefusal | ApplyRefusal.ApplyInterrupted | StoreUnavailable e) {
            throw new AssertionError(manifest, e);
        }
        return new AppliedManifest(new KeyRegistry(store, sealer, CacheSettings.Bounds.DEFAULT), store);
    }

    /** The answer of {@code /verify} to this body. */
    Members verify(String body) throws InvalidDocumentException {
        Reply reply = verify.handle(
                new Call(
                        "POST",
                        "/verify",
                        Optional.empty(),
                        List.of(new Header("Content-Type", "application/json")),
                        Bytes.utf8(body),
                        "127.0.0.1",
                        false),
                NOW);
        Members answer = Members.of(Values.parse(reply.body().utf8()));
        if (reply.status() != 200) {
            throw new AssertionError(body + " was answered with " + reply.body().utf8());
        }
        return answer;
    }

    /** The answer of {@code /auth} to a proxy in front of files that received this request. */
    Reply auth(String method, String target, Headers headers) {
        List<Header> lines = new ArrayList<>(List.of(
                new Header("X-Original-Method", method),
                new Header("X-Original-URI", target),
                new Header("X-Original-Host", "localhost")));
        headers.fields().forEach(field -> lines.add(new Header(field.name(), field.value())));
        return auth.handle(new Call("GET", "/auth", Optional.empty(), lines, Bytes.EMPTY, "203.0.113.9", false), NOW);
    }

    /** The report on a text as users paste it. */
    Report explain(String pasted) throws Exchange.InvalidTranscript {
        try {
            return explainer.explain(Transcript.parse(pasted), Explained.ClientForm.UNKNOWN, Optional.empty(), NOW);
        } catch (StoreUnavailable e) {
            throw new AssertionError(e);
        }
    }

    /**
     * A session of somebody who logged in at an account's identity provider.
     *
     * @param claims of the token, in addition to those that every token has; {@code sub} is alice unless it is among them
     * @throws CallerRefusal as {@code /token} refuses
     */
    SessionIssuer.IssuedSession session(String account, String role, Optional<Value> claims, Optional<Value> policy)
            throws CallerRefusal {
        String token = TestToken.good("EdDSA", "ed")
                .withPayload(payload(account, claims))
                .signed(TestKeys.ED25519, "EdDSA");
        try {
            Caller caller = new BearerAuthenticator(registry)
                    .authenticate(
                            token,
                            RoleFaces.Face.TOKEN,
                            Optional.of(role),
                            policy,
                            TestClientContext.CLIENT,
                            ReadAhead.NOTHING,
                            NOW);
            return new SessionIssuer(registry, new SubjectLimits(Seeds.secure()), Seeds.secure())
                    .issue(new SessionIssuer.SessionGrant.OfBearer(caller), Duration.ofMinutes(15), NOW);
        } catch (StoreUnavailable e) {
            throw new AssertionError(e);
        }
    }

    private static String payload(String account, Optional<Value> claims) {
        Map<String, Value> own =
                claims.map(value -> ((Value.ObjectValue) value).members()).orElse(Map.of());
        return JsonText.object(json -> {
            json.put("iss", Cast.issuer(account)).put("aud", TestToken.AUDIENCE);
            json.put("iat", NOW.getEpochSecond() - 60).put("exp", NOW.getEpochSecond() + 3600);
            own.forEach(json::put);
            if (!own.containsKey("sub")) {
                json.put("sub", "alice");
            }
        });
    }
}
