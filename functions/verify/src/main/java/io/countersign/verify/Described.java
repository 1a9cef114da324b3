package io.countersign.verify;

/** Sentences for the trace: what a step saw when it had nothing to refuse. */
final class Described {
    private Described() {}

    static String operation(ParsedRequest request) {
        return request.operation()
                .map(operation -> "The request is well formed; it is a " + operation.apiName() + ".")
                .orElse("The request is well formed.");
    }

    static String date(Credentials credentials) {
        return switch (credentials) {
            case Credentials.None none -> "The request is not signed, so it has no date to check.";
            case Credentials.Signed signed -> "The " + signed.kind() + " is of this time.";
        };
    }

    static String claimant(Claimant claimant) {
        return switch (claimant) {
            case Claimant.Anyone anyone -> "The request presents no access key: it is anonymous.";
            case Claimant.Holder holder ->
                "The access key " + holder.credentials().accessKeyId() + " belongs to "
                        + holder.principal().arn() + " and may be used.";
        };
    }

    static String signature(Claimant claimant) {
        return switch (claimant) {
            case Claimant.Anyone anyone -> "There is no signature to check.";
            case Claimant.Holder holder -> "The " + holder.credentials().kind() + " matches.";
        };
    }

    static String buckets(ParsedRequest request) {
        return request.buckets().isEmpty()
                ? "The request is for the service itself."
                : "The buckets exist: " + String.join(", ", request.buckets()) + ".";
    }
}
