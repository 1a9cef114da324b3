package io.countersign.verify.forwardauth;

import io.countersign.json.JsonText;
import io.countersign.oss.PercentEncoding;
import io.countersign.verify.AnswerError;
import io.countersign.verify.VerifiedPrincipal;
import io.countersign.verify.VerifyAnswer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An answer to API Gateway: a policy about one method, and what the API may pass on or show (Amazon API Gateway Developer Guide, "Output from an API Gateway
 * Lambda authorizer").
 *
 * @param error why not; empty exactly when it allows
 * @param principalId who asked, or {@code Anonymous}
 * @param context by name, percent-encoded, so that it may stand in a header
 */
public record AuthorizerPolicy(
        String methodArn, Optional<AnswerError> error, String principalId, Map<String, String> context) {
    private static final String NOBODY = "Anonymous";

    public AuthorizerPolicy {
        context = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(context));
    }

    static AuthorizerPolicy of(String methodArn, VerifyAnswer answer) {
        String principal = answer.principal().map(AuthorizerPolicy::name).orElse(NOBODY);
        Map<String, String> context = new LinkedHashMap<>();
        // All four are always there, so that an API which puts them into headers overwrites whatever the client sent.
        context.put("principal", PercentEncoding.encode(principal));
        context.put("subject", encoded(answer.principal().flatMap(VerifiedPrincipal::subject)));
        context.put("action", encoded(answer.action()));
        context.put("resource", encoded(answer.resource()));
        answer.error().ifPresent(error -> context.putAll(reason(error)));
        return new AuthorizerPolicy(methodArn, answer.error(), principal, context);
    }

    static AuthorizerPolicy deny(String methodArn, AnswerError error) {
        return new AuthorizerPolicy(methodArn, Optional.of(error), NOBODY, reason(error));
    }

    public boolean allows() {
        return error.isEmpty();
    }

    public String json() {
        return JsonText.object(answer -> answer.put("principalId", principalId)
                .object(
                        "policyDocument",
                        policy -> policy.put("Version", "2012-10-17")
                                .array(
                                        "Statement",
                                        statements -> statements.object(statement -> statement
                                                .put("Action", "execute-api:Invoke")
                                                .put("Effect", allows() ? "Allow" : "Deny")
                                                .put("Resource", methodArn))))
                .object("context", members -> context.forEach(members::put)));
    }

    private static Map<String, String> reason(AnswerError error) {
        Map<String, String> reason = new LinkedHashMap<>();
        reason.put("status", Integer.toString(error.status()));
        reason.put("code", error.code());
        error.ec().ifPresent(ec -> reason.put("ec", ec));
        return reason;
    }

    private static String encoded(Optional<String> value) {
        return value.map(PercentEncoding::encode).orElse("");
    }

    private static String name(VerifiedPrincipal principal) {
        return principal.arn().orElse(principal.type());
    }
}
