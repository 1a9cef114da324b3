package io.countersign.upstream.rebuild;

import io.countersign.http.Bytes;
import io.countersign.oss.BaseDomains;
import io.countersign.oss.DomainBinding;
import io.countersign.oss.Headers;
import io.countersign.oss.Operations;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.RequestParser;
import io.countersign.oss.Target;
import io.countersign.registry.Bucket;
import io.countersign.registry.Facts;
import io.countersign.registry.Fixture;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.SigningKeys;
import io.countersign.upstream.JudgedRequest;
import io.countersign.upstream.UpstreamRequest;
import io.countersign.upstream.oracle.SdkVerifier;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A registry whose buckets have stores behind them, and requests as they were judged. */
final class Requests {
    static final Instant NOW = Fixture.NOW;
    static final SdkVerifier USER = new SdkVerifier("cn-shanghai", "LTAI5tAppUser", "appSecret");
    static final SdkVerifier FOREIGN = new SdkVerifier("cn-beijing", "FOREIGNKEY", "foreignSecret");

    /** Two buckets of one store in virtual-host style, one in path style with a key of the store's own, two of a store that speaks S3, and one without. */
    private static final String MANIFEST = """
        accounts:
          - id: "7"
            users: [{name: app, accessKeys: [{id: LTAI5tAppUser, secret: appSecret}]}, {name: idle}]
            buckets:
              - {name: photos, region: cn-hangzhou, upstream: {protocol: oss, endpoint: 'https://oss-cn-shanghai.aliyuncs.com', region: cn-shanghai, bucket: physical-photos, signer: app}}
              - {name: archive, region: cn-hangzhou, upstream: {protocol: oss, endpoint: 'https://oss-cn-shanghai.aliyuncs.com', region: cn-shanghai, bucket: physical-archive, signer: app}}
              - {name: local, region: cn-hangzhou, acl: public-read, upstream: {protocol: oss, endpoint: 'http://127.0.0.1:9000', region: cn-beijing, bucket: physical-local, pathStyle: true, accessKey: {id: FOREIGNKEY, secret: foreignSecret}}}
              - {name: keyless, region: cn-hangzhou, upstream: {protocol: oss, endpoint: 'https://oss-cn-shanghai.aliyuncs.com', region: cn-shanghai, bucket: physical-keyless, signer: idle}}
              - {name: folding, region: cn-hangzhou, upstream: {protocol: s3, endpoint: 'https://s3.example.com', region: us-east-1, bucket: physical-folding, pathStyle: true, signer: app}}
              - {name: flat, region: cn-hangzhou, upstream: {protocol: s3, endpoint: 'https://s3.example.com', region: us-east-1, bucket: physical-flat, pathStyle: true, flatNamespace: true, signer: app}}
              - {name: files, region: cn-hangzhou}
          - id: "8"
            users: [{name: app, accessKeys: [{id: LTAI5tOtherUser, secret: otherSecret}]}]
            buckets:
              - {name: others, region: cn-hangzhou, upstream: {protocol: oss, endpoint: 'https://oss-cn-shanghai.aliyuncs.com', region: cn-shanghai, bucket: physical-others, signer: app}}
        """;

    private final Fixture fixture = new Fixture();
    private final KeyRegistry registry;
    private final UpstreamRequests requests;

    Requests() throws Exception {
        fixture.apply(MANIFEST);
        registry = fixture.registry();
        requests = new UpstreamRequests(registry, new SigningKeys(64));
    }

    /** The request of a client that its path names a bucket by. */
    static OssRequest oss(String method, String target, String... headers) throws OssRefusal {
        Headers all = Headers.NONE.and("host", "oss-cn-hangzhou.aliyuncs.com");
        for (int i = 0; i < headers.length; i += 2) {
            all = all.and(headers[i], headers[i + 1]);
        }
        return RequestParser.parse(method, target, all, BaseDomains.DEFAULT, DomainBinding.NONE);
    }

    JudgedRequest judged(OssRequest request) throws OssRefusal, StoreUnavailable {
        return judged(request, Optional.empty());
    }

    JudgedRequest judged(OssRequest request, Optional<String> body) throws OssRefusal, StoreUnavailable {
        return new JudgedRequest(
                request,
                Operations.of(request).orElseThrow(() -> Operations.none(request)),
                bucket(request),
                body.map(Bytes::utf8),
                OptionalLong.empty(),
                false);
    }

    UpstreamRequest prepared(String method, String target, String... headers) throws OssRefusal, StoreUnavailable {
        return requests.prepare(judged(oss(method, target, headers)), NOW);
    }

    UpstreamRequest prepared(JudgedRequest judged) throws OssRefusal, StoreUnavailable {
        return requests.prepare(judged, NOW);
    }

    /** What the store says of it, which knows the physical bucket and decodes the target by itself. */
    static Optional<String> objection(SdkVerifier store, UpstreamRequest request) throws OssRefusal {
        Headers arrived = request.headers().and("host", request.host());
        Target target = RequestParser.parse(
                        request.method().name(), request.target(), arrived, BaseDomains.DEFAULT, DomainBinding.NONE)
                .target();
        return switch (target) {
            case Target.Service service -> Optional.of("it names no bucket");
            case Target.Bucket(String bucket) -> objection(store, request, arrived, bucket, Optional.empty());
            case Target.ObjectKey(String bucket, String key) ->
                objection(store, request, arrived, bucket, Optional.of(key));
        };
    }

    private static Optional<String> objection(
            SdkVerifier store, UpstreamRequest request, Headers arrived, String bucket, Optional<String> key) {
        return List.of("physical-photos", "physical-archive", "physical-local").contains(bucket)
                ? store.objection(request.method().name(), request.target(), arrived, bucket, key, NOW)
                : Optional.of("another bucket: " + bucket);
    }

    private Bucket bucket(OssRequest request) throws StoreUnavailable {
        String name =
                switch (request.target()) {
                    case Target.Service service -> throw new IllegalArgumentException("a service has no bucket");
                    case Target.Bucket(String bucket) -> bucket;
                    case Target.ObjectKey(String bucket, String key) -> bucket;
                };
        return registry.load(new Facts.Query(Optional.empty(), Set.of(name), Optional.empty()), NOW)
                .bucket(name)
                .orElseThrow();
    }
}
