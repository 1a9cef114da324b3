package io.countersign.oss;

import java.util.Optional;

/**
 * Reads the target of a request from its host and raw path (docs/protocol.md 7, addressing). A path is decoded once
 * and then split: the encoded slashes of {@code /bucket%2Fa%2Fb} are separators, as the C, Go and Python SDKs send
 * them, and {@code %252F} becomes {@code %2F} in the key.
 */
record AddressReader<E extends Exception>(BaseDomains bases, DomainLookup<E> domains) {
    Address read(Authority authority, RequestParser.SplitUrl url) throws OssRefusal, E {
        String host = authority.host();
        Optional<BaseDomain.HostMatch> match = bases.match(host);
        // A host under a base domain names its bucket itself and cannot be bound to another.
        Optional<String> bound = match.isPresent() ? Optional.empty() : domains.bucketOf(host);
        if (bound.isPresent()) {
            return inBucket(bound.get(), Address.Style.CUSTOM_DOMAIN, authority, Optional.empty(), url);
        }
        if (match.isPresent() && !match.get().bucket().isEmpty()) {
            String bucket = BucketName.checked(match.get().bucket());
            return inBucket(
                    bucket, Address.Style.VIRTUAL_HOST, authority, match.get().region(), url);
        }
        if (match.isPresent() || isAddress(host)) {
            return pathStyle(authority, match.flatMap(BaseDomain.HostMatch::region), url);
        }
        throw new OssRefusal(
                OssError.WRONG_ENDPOINT,
                "The host is neither an endpoint served here, nor a bucket under one, nor a domain bound to a bucket; use an endpoint, or bind the domain.");
    }

    private static boolean isAddress(String host) {
        return host.equals("localhost") || HostText.isIpv4(host) || HostText.isIpv6(host);
    }

    private static Address inBucket(
            String bucket,
            Address.Style style,
            Authority authority,
            Optional<String> region,
            RequestParser.SplitUrl url)
            throws OssRefusal {
        String key = url.decodedPath().whole();
        return new Address(target(bucket, key), style, authority.host(), authority.port(), region);
    }

    private static Address pathStyle(Authority authority, Optional<String> region, RequestParser.SplitUrl url)
            throws OssRefusal {
        DecodedPath path = url.decodedPath();
        // "//?" and "///?": the C++ and .NET SDKs write ListBuckets so at an address (docs/protocol.md 13).
        Target target = path.isSlashes() ? Target.service() : target(BucketName.checked(path.first()), path.rest());
        return new Address(target, Address.Style.PATH, authority.host(), authority.port(), region);
    }

    private static Target target(String bucket, String key) throws OssRefusal {
        return key.isEmpty() ? Target.bucket(bucket) : Target.object(bucket, BucketName.ObjectName.checked(key));
    }
}
