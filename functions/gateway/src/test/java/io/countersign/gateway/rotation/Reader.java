package io.countersign.gateway.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.storage.Tokens;
import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Header;
import io.countersign.http.LongWork;
import io.countersign.http.Reply;
import io.countersign.identity.BearerAuthenticator;
import io.countersign.identity.limits.SubjectLimits;
import io.countersign.identity.token.SessionReader;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.oss.BaseDomains;
import io.countersign.oss.EncodedText;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.QueryParameters;
import io.countersign.presign.PresignFunction;
import io.countersign.presign.PresignSettings;
import io.countersign.registry.CacheSettings;
import io.countersign.registry.Facts;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.sealing.Sealer;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signcontent.SignContentFunction;
import io.countersign.signcontent.SignContentSettings;
import io.countersign.signing.AccessKey;
import io.countersign.signing.Secret;
import io.countersign.signing.SecurityToken;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.rpc.RpcSignature;
import io.countersign.testkit.Seeds;
import io.countersign.token.TokenFunction;
import io.countersign.token.sts.StsFunction;
import io.countersign.token.upstream.UpstreamSessions;
import io.countersign.verify.decide.SessionOpener;
import io.countersign.verify.decide.Verifier;
import io.countersign.verify.decide.VerifyAnswer;
import io.countersign.verify.decide.VerifyRequest;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One process with every face, as the gateway puts them together: a registry with a cache of its own behind them. */
final class Reader {
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", java.util.Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    /** How far a signed request's date may lie back. */
    private static final Duration SKEW = Duration.ofMinutes(15);

    /** Less than the login's tokens live. */
    private static final Duration JWT_LIFE = Duration.ofMinutes(9);

    private final KeyRegistry registry;
    private final Tokens login;
    private final SecureRandom random;
    private final PresignFunction presign;
    private final SignContentFunction signContent;
    private final TokenFunction token;
    private final StsFunction sts;
    private final Verifier verifier;
    private String jwt = "";
    private Instant jwtUntil = Instant.MIN;

    Reader(RegistryStore store, Sealer sealer, Tokens login, SecureRandom random) {
        this.registry = new KeyRegistry(store, sealer, CacheSettings.Bounds.DEFAULT);
        this.login = login;
        this.random = random;
        SigningKeys keys = new SigningKeys(64);
        BearerAuthenticator authenticator = new BearerAuthenticator(registry);
        UpstreamSessions upstream = new UpstreamSessions(
                registry,
                new SubjectLimits(Seeds.secure()),
                UpstreamSessions.StsEndpoint.DEFAULT,
                random,
                System::nanoTime,
                LongWork.ANYWHERE);
        this.presign = new PresignFunction(
                authenticator, registry, new SubjectLimits(Seeds.secure()), keys, PresignSettings.DEFAULT, random);
        this.signContent = new SignContentFunction(
                authenticator, registry, new SubjectLimits(Seeds.secure()), keys, SignContentSettings.DEFAULT);
        this.token = new TokenFunction(authenticator, registry, new SubjectLimits(Seeds.secure()), upstream, random);
        this.sts = new StsFunction(authenticator, registry, new SubjectLimits(Seeds.secure()), store, random);
        this.verifier =
                new Verifier(registry, SessionOpener.of(new SessionReader(registry)), keys, BaseDomains.DEFAULT);
    }

    VerifyAnswer verify(VerifyRequest request, Instant now) throws StoreUnavailable {
        return verifier.verify(request, now);
    }

    /** The key that signs for a bucket here, as far as this process knows. */
    Optional<AccessKey> signer(String bucket, Instant now) throws StoreUnavailable {
        var record = registry.load(new Facts.Query(Optional.empty(), Set.of(bucket), Optional.empty()), now)
                .bucket(bucket)
                .orElseThrow();
        return registry.signer(record, now).map(Facts.Signer::key);
    }

    /** {@code POST /presign}. */
    Held.Signed presign(String bucket, Duration life, Instant now) {
        String body = JsonText.object(
                json -> json.put("bucket", bucket).put("key", Held.OBJECT).put("expiresIn", life.toSeconds()));
        Members url = members(presign.handle(bearer("/presign", "application/json", body, now), now));
        return read(() -> {
            String text = url.string("url");
            String credential = QueryParameters.parse(URI.create(text).getRawQuery(), EncodedText.URL)
                    .first("x-oss-credential")
                    .orElseThrow();
            VerifyRequest request = Held.request(url.string("method"), text, Headers.NONE);
            return new Held.Signed(
                    credential.substring(0, credential.indexOf('/')), Instant.parse(url.string("expiration")), request);
        });
    }

    /** {@code POST /sign-content} for a V1 request with its date in a header. */
    Held.Signed selfSign(String bucket, Instant now) {
        String date = HTTP_DATE.format(now);
        String content = "GET\n\n\n" + date + "\n/" + bucket + "/" + Held.OBJECT;
        Reply reply = signContent.handle(bearer("/sign-content", "text/plain", content, now), now);
        String authorization = reply.body().utf8();
        assertThat(reply.status()).as(authorization).isEqualTo(200);
        Headers headers = Headers.NONE.and("Date", date).and("Authorization", authorization);
        String keyId = authorization.substring("OSS ".length(), authorization.indexOf(':'));
        return new Held.Signed(
                keyId, now.truncatedTo(ChronoUnit.SECONDS).plus(SKEW), Held.request("GET", Held.url(bucket), headers));
    }

    /** {@code POST /token}: the session of somebody who logged in. */
    Held.Session token(String bucket, Duration life, Instant now) {
        String body = JsonText.object(json -> json.put("durationSeconds", life.toSeconds()));
        Members answer = members(token.handle(bearer("/token", "application/json", body, now), now));
        return session(answer, Optional.empty(), bucket);
    }

    /** {@code POST /token} with a login: the session, or the code of the refusal. */
    Login.Answer token(String loginToken, Instant now) {
        Reply reply = token.handle(
                call(
                        "/token",
                        "{}",
                        List.of(
                                new Header("Authorization", "Bearer " + loginToken),
                                new Header("Content-Type", "application/json"))),
                now);
        return read(() -> {
            Members answer = Members.of(Values.parse(reply.body().utf8()));
            return answer.has("ErrorCode")
                    ? new Login.Answer.Refused(answer.string("ErrorCode"))
                    : new Login.Answer.Session(
                            answer.string("SessionId"),
                            Instant.parse(answer.string("Expiration")),
                            new AccessKey(answer.string("AccessKeyId"), Secret.of(answer.string("AccessKeySecret"))),
                            SecurityToken.of(answer.string("SecurityToken")));
        });
    }

    /** AssumeRole with an access key; empty when it is refused. */
    Optional<Held.Session> assumeRole(AccessKey key, String bucket, Duration life, Instant now) {
        QueryParameters unsigned = QueryParameters.NONE
                .and("Action", "AssumeRole")
                .and("Version", "2015-04-01")
                .and("Format", "JSON")
                .and("SignatureMethod", "HMAC-SHA1")
                .and("SignatureVersion", "1.0")
                .and("SignatureNonce", Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong()))
                .and("Timestamp", now.truncatedTo(ChronoUnit.SECONDS).toString())
                .and("RoleArn", "acs:ram::" + Site.ACCOUNT + ":role/job")
                .and("RoleSessionName", "night-job")
                .and("DurationSeconds", Long.toString(life.toSeconds()))
                .and("AccessKeyId", key.id());
        String form = unsigned.and("Signature", RpcSignature.sign(HttpMethod.POST, unsigned, key.secret()))
                .encoded();
        Call call = call(
                "/",
                form,
                List.of(
                        new Header("Host", "sts.example"),
                        new Header("Content-Type", "application/x-www-form-urlencoded")));
        Reply reply = sts.handle(call, now);
        return reply.status() == 200
                ? Optional.of(read(() ->
                        session(Members.of(members(reply).required("Credentials")), Optional.of(key.id()), bucket)))
                : Optional.empty();
    }

    private static Held.Session session(Members credentials, Optional<String> founder, String bucket) {
        return read(() -> new Held.Session(
                founder,
                Instant.parse(credentials.string("Expiration")),
                bucket,
                new AccessKey(credentials.string("AccessKeyId"), Secret.of(credentials.string("AccessKeySecret"))),
                SecurityToken.of(credentials.string("SecurityToken"))));
    }

    private Call bearer(String path, String type, String body, Instant now) {
        try {
            if (now.isAfter(jwtUntil)) {
                jwt = login.of("ada", now);
                jwtUntil = now.plus(JWT_LIFE);
            }
            return call(
                    path,
                    body,
                    List.of(new Header("Authorization", "Bearer " + jwt), new Header("Content-Type", type)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static Call call(String path, String body, List<Header> headers) {
        return new Call("POST", path, Optional.empty(), headers, Bytes.utf8(body), "203.0.113.7", true);
    }

    private static Members members(Reply reply) {
        String body = reply.body().utf8();
        assertThat(reply.status()).as(body).isEqualTo(200);
        assertThat(body).doesNotContain("ErrorCode");
        return read(() -> Members.of(Values.parse(body)));
    }

    private interface Reading<T> {
        T read() throws InvalidDocumentException, OssRefusal;
    }

    private static <T> T read(Reading<T> reading) {
        try {
            return reading.read();
        } catch (InvalidDocumentException | OssRefusal e) {
            throw new AssertionError(e);
        }
    }
}
