package io.countersign.verify;

import io.countersign.oss.Scope;
import io.countersign.registry.Bucket;
import io.countersign.registry.Facts;

/** How an answer names what a right is needed on: {@code acs:oss:*:owner:bucket/key} (protocol.md 9), {@code *} for an owner that is not known. */
final class ResourceArn {
    private ResourceArn() {}

    static String of(Scope scope, Facts facts) {
        String owner = ParsedRequest.bucketOf(scope)
                .flatMap(facts::bucket)
                .map(Bucket::accountId)
                .orElse("*");
        return "acs:oss:*:" + owner + ":" + scope.path();
    }
}
