package io.countersign.gateway.cli;

import io.countersign.oss.Body;
import io.countersign.oss.Operation;
import io.countersign.oss.Operations;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.Right;
import io.countersign.oss.Scope;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** The objects and buckets that a request names. */
record NamedScopes(Set<Scope> scopes) {
    NamedScopes {
        scopes = Set.copyOf(scopes);
    }

    /** Returns its target, and its further objects. Of a request that OSS does not have, or cannot read, only its target: an operator signs it to compare with a client's. */
    static NamedScopes of(OssRequest request) {
        Set<Scope> scopes = new LinkedHashSet<>();
        scopes.add(request.target());
        try {
            Optional<Operation> operation = Operations.of(request);
            if (operation.isPresent()) {
                for (Right right : Operations.rights(operation.get(), request, Body.UNKNOWN)) {
                    scopes.add(right.scope());
                }
            }
        } catch (OssRefusal unreadable) {
            return new NamedScopes(scopes);
        }
        return new NamedScopes(scopes);
    }

    Set<String> buckets() {
        return Scope.buckets(scopes);
    }
}
