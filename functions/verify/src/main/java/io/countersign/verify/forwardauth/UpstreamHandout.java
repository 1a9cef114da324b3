package io.countersign.verify.forwardauth;

import io.countersign.http.Header;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.Operation;
import io.countersign.oss.Operations;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.registry.Bucket;
import io.countersign.registry.Facts;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.Upstream;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.upstream.Answerer;
import io.countersign.upstream.JudgedRequest;
import io.countersign.upstream.StoreRow;
import io.countersign.upstream.StoreTable;
import io.countersign.upstream.UpstreamBody;
import io.countersign.upstream.UpstreamRequest;
import io.countersign.upstream.rebuild.UpstreamRequests;
import io.countersign.verify.decide.HeaderText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * The signed request to the store behind a bucket, as headers for a proxy that carries the bytes itself. Only stores that
 * speak OSS: the proxy passes the client's {@code x-oss-meta-*} on, and no proxy renames headers by their beginning.
 *
 * @param guarded whether only programs with a token, or on a UNIX socket, reach {@code /auth}. Others get no signature
 */
record UpstreamHandout(KeyRegistry registry, UpstreamRequests requests, boolean guarded) {
    static final String PREFIX = "X-Countersign-Upstream-";

    /** Before the name of a header that the proxy sets to the value, or takes out where it is empty. */
    static final String SET = PREFIX + "H-";

    private static final String COPY_SOURCE = "x-oss-copy-source";

    /**
     * Every header that the table lets to a store that speaks OSS, but the copy source, which has a name of its own, and
     * {@code x-oss-meta-*}.
     */
    static final Set<String> NAMES = names();

    /**
     * Returns all headers, or none for a bucket without a store behind it and for a preflight.
     *
     * @param oss an allowed request
     * @throws OssRefusal NotImplemented for what a proxy cannot do, and as {@link UpstreamRequests#prepare}
     * @throws StoreUnavailable when there is no key, or nobody guards this endpoint
     */
    List<Header> of(OssRequest oss, Instant now) throws OssRefusal, StoreUnavailable {
        Optional<Bucket> bucket = bucket(oss, now);
        if (bucket.isEmpty() || bucket.get().upstream().isEmpty() || oss.method() == HttpMethod.OPTIONS) {
            return List.of();
        }
        return signed(oss, bucket.get(), bucket.get().upstream().get(), now);
    }

    private List<Header> signed(OssRequest oss, Bucket bucket, Upstream upstream, Instant now)
            throws OssRefusal, StoreUnavailable {
        switch (upstream.protocol()) {
            case OSS -> {}
            case S3 -> throw notImplemented("The store behind this bucket speaks S3");
        }
        if (!guarded) {
            throw new StoreUnavailable("the bucket " + bucket.name()
                    + " has a store behind it, and /auth would hand signatures for it to everybody on this machine; set"
                    + " countersign.private.tokens, or serve private faces on a UNIX socket alone");
        }
        OssRequest plain = Operations.withoutIgnored(oss);
        Operation operation = Operations.of(plain).orElseThrow(() -> Operations.none(plain));
        StoreRow row = StoreTable.row(operation, upstream.protocol());
        if (row.answerer() instanceof Answerer.Registry) {
            throw notImplemented("The registry answers " + operation.apiName());
        }
        UpstreamRequest request = requests.prepare(
                new JudgedRequest(plain, operation, bucket, Optional.empty(), OptionalLong.empty(), false), now);
        if (request.body() instanceof UpstreamBody.Given) {
            throw notImplemented("The body of " + operation.apiName() + " is written anew");
        }
        if (operation == Operation.GET_BUCKET_INFO) {
            throw notImplemented("The answer to GetBucketInfo names the store's endpoints and owner");
        }
        if (request.answer().namesBucket() && !upstream.bucket().equals(bucket.name())) {
            throw notImplemented("The answer to " + operation.apiName() + " names the store's bucket");
        }
        return headers(request);
    }

    private static List<Header> headers(UpstreamRequest request) {
        List<Header> headers = new ArrayList<>(NAMES.size() + 6);
        headers.add(new Header(PREFIX + "Uri", request.target()));
        headers.add(new Header(PREFIX + "Host", request.host()));
        headers.add(header(request, "Authorization", "authorization"));
        headers.add(header(request, "Date", "x-oss-date"));
        headers.add(header(request, "Copy-Source", COPY_SOURCE));
        // The signer's key is no session's: the client's token is overwritten by nothing.
        headers.add(new Header(PREFIX + "Security-Token", ""));
        for (String name : NAMES) {
            headers.add(header(request, "H-" + name, name));
        }
        return List.copyOf(headers);
    }

    private static Header header(UpstreamRequest request, String name, String of) {
        return new Header(
                PREFIX + name, HeaderText.bytes(request.headers().first(of).orElse("")));
    }

    private Optional<Bucket> bucket(OssRequest oss, Instant now) throws StoreUnavailable {
        Optional<String> name = oss.target().bucketName();
        return name.isEmpty()
                ? Optional.empty()
                : registry.load(new Facts.Query(Optional.empty(), Set.of(name.get()), Optional.empty()), now)
                        .bucket(name.get());
    }

    private static OssRefusal notImplemented(String why) {
        return new OssRefusal(
                OssError.NOT_IMPLEMENTED,
                why + ", which is not offered to proxies; send the request to the port of serve --store-port.");
    }

    private static Set<String> names() {
        Set<String> names = new TreeSet<>();
        for (StoreRow row : StoreTable.rows(Upstream.Protocol.OSS)) {
            row.headers().stream().filter(name -> !name.endsWith("-")).forEach(names::add);
        }
        names.removeAll(Set.of(COPY_SOURCE, "x-oss-acl", "x-oss-object-acl"));
        return java.util.Collections.unmodifiableSet(names);
    }
}
