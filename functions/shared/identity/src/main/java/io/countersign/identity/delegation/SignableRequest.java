package io.countersign.identity.delegation;

import io.countersign.oss.Operation;
import io.countersign.oss.OssRequest;
import io.countersign.oss.Right;
import io.countersign.oss.Scope;
import java.util.List;
import java.util.Set;

/** A request that the {@link SigningTable} admitted; only the table creates one. Whether the caller is authorized is not yet checked. */
public final class SignableRequest {
    private final OssRequest request;
    private final Operation operation;
    private final List<Right> rights;

    /** @throws IllegalStateException when a right is on the service */
    SignableRequest(OssRequest request, Operation operation, List<Right> rights) {
        rights.forEach(SignableRequest::bucketOf);
        this.request = request;
        this.operation = operation;
        this.rights = List.copyOf(rights);
    }

    public OssRequest request() {
        return request;
    }

    public Operation operation() {
        return operation;
    }

    /** The rights that the request needs, that of the operation first; never empty. */
    public List<Right> rights() {
        return rights;
    }

    /** The buckets of the request and of its further objects, such as the source of a copy or the target of a process. */
    public Set<String> buckets() {
        return Scope.buckets(named());
    }

    /** The objects, or the prefix of them, that the request needs rights on. */
    public List<Scope> named() {
        return rights.stream().map(Right::scope).toList();
    }

    static String bucketOf(Right right) {
        return bucketOf(right.scope());
    }

    static String bucketOf(Scope scope) {
        return scope.bucketName()
                .orElseThrow(() -> new IllegalStateException("an object operation needs no service right"));
    }
}
