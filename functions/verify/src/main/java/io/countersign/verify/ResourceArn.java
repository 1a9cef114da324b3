package io.countersign.verify;

import io.countersign.oss.Scope;
import io.countersign.oss.Target;
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
        return "acs:oss:*:" + owner + ":" + path(scope);
    }

    private static String path(Scope scope) {
        return switch (scope) {
            case Target.Service service -> "*";
            case Target.Bucket bucket -> bucket.bucket();
            case Target.ObjectKey object -> object.bucket() + "/" + object.key();
            case Scope.ObjectPrefix prefix -> prefix.bucket() + "/" + prefix.prefix() + "*";
        };
    }
}
