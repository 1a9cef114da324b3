package io.countersign.oss;

/** An OSS request as it came: everything that signatures, operations and decisions look at. */
public record OssRequest(HttpMethod method, Address address, QueryParameters query, Headers headers) {
    public Target target() {
        return address.target();
    }
}
