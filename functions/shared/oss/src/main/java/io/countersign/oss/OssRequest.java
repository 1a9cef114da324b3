package io.countersign.oss;

/** An OSS request as it was received: the input of signatures, operations and decisions. */
public record OssRequest(HttpMethod method, Address address, QueryParameters query, Headers headers) {
    public Target target() {
        return address.target();
    }
}
