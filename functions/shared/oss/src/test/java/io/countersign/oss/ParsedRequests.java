package io.countersign.oss;

/** OSS requests, parsed from the shortest text that names them. */
final class ParsedRequests {
    private ParsedRequests() {}

    /** A request to localhost, so path-style: {@code /bucket/key?acl}. */
    static OssRequest request(String method, String target) throws OssRefusal {
        return request(method, target, Headers.NONE);
    }

    static OssRequest request(String method, String target, Headers headers) throws OssRefusal {
        return RequestParser.parse(
                method, "http://localhost" + target, headers, BaseDomains.DEFAULT, DomainBinding.NONE);
    }

    static OssRequest get(String url) throws OssRefusal {
        return RequestParser.parse("GET", url, Headers.NONE, BaseDomains.DEFAULT, DomainBinding.NONE);
    }
}
