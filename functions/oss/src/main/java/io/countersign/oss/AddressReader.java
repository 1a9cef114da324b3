package io.countersign.oss;

import java.util.Optional;

/** Tells from host and raw path what a request is about (protocol.md 7, addressing). */
record AddressReader(BaseDomains bases, DomainBinding domains) {
    Address read(String host, String rawPath) throws OssRefusal {
        Optional<String> bound = domains.bucketOf(host);
        if (bound.isPresent()) {
            return inBucket(bound.get(), AddressStyle.CUSTOM_DOMAIN, host, Optional.empty(), rawPath);
        }
        Optional<HostMatch> match = bases.match(host);
        if (match.isPresent() && !match.get().bucket().isEmpty()) {
            String bucket = BucketName.checked(match.get().bucket());
            return inBucket(bucket, AddressStyle.VIRTUAL_HOST, host, match.get().region(), rawPath);
        }
        if (match.isPresent() || isAddress(host)) {
            return pathStyle(host, match.flatMap(HostMatch::region), rawPath);
        }
        throw new OssRefusal(
                OssError.WRONG_ENDPOINT,
                "The host is neither an endpoint served here, nor a bucket under one, nor a domain bound to a bucket; use an endpoint, or bind the domain.");
    }

    private static boolean isAddress(String host) {
        return host.equals("localhost") || HostText.isIpv4(host) || HostText.isIpv6(host);
    }

    private static Address inBucket(
            String bucket, AddressStyle style, String host, Optional<String> region, String rawPath) throws OssRefusal {
        return new Address(target(bucket, rawPath.substring(1)), style, host, region);
    }

    private static Address pathStyle(String host, Optional<String> region, String rawPath) throws OssRefusal {
        if (rawPath.length() == 1) {
            return new Address(Target.service(), AddressStyle.PATH, host, region);
        }
        int slash = rawPath.indexOf('/', 1);
        int end = slash < 0 ? rawPath.length() : slash;
        String bucket = BucketName.checked(PercentEncoding.decodePath(rawPath.substring(1, end), EncodedText.URL));
        String rawKey = slash < 0 ? "" : rawPath.substring(slash + 1);
        return new Address(target(bucket, rawKey), AddressStyle.PATH, host, region);
    }

    private static Target target(String bucket, String rawKey) throws OssRefusal {
        if (rawKey.isEmpty()) {
            return Target.bucket(bucket);
        }
        return Target.object(bucket, ObjectName.checked(PercentEncoding.decodePath(rawKey, EncodedText.URL)));
    }
}
