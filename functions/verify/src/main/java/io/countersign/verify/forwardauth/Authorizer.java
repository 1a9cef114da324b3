package io.countersign.verify.forwardauth;

import io.countersign.identity.SourceAddress;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Value.NullValue;
import io.countersign.json.Value.ObjectValue;
import io.countersign.oss.BaseDomains;
import io.countersign.oss.Body;
import io.countersign.oss.Headers;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.PercentEncoding;
import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import io.countersign.registry.AclWriter;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.SigningKeys;
import io.countersign.verify.decide.Context;
import io.countersign.verify.decide.SessionOpener;
import io.countersign.verify.decide.UrlUses;
import io.countersign.verify.decide.Verifier;
import io.countersign.verify.decide.VerifyAnswer;
import io.countersign.verify.decide.VerifyRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The authorizer of a REST API of API Gateway, which passes the client's URL on. It allows what {@code /auth} allows with {@code keys: uri}: the body is not read,
 * no ACL may be named, an object that is replaced or deleted loses its own ACL first, and names that the storage might resolve or read in another way are refused. An API that sees another path than the client sent is refused
 * everything.
 */
public final class Authorizer {
    private final Verifier verifier;
    private final Effects effects;

    /**
     * @param acls a writer to the store of the registry
     * @param uses over the same store
     * @param signingKeys shared with everything else that signs or verifies with the registry's keys
     */
    public Authorizer(
            KeyRegistry registry,
            AclWriter acls,
            UrlUses uses,
            SessionOpener sessions,
            SigningKeys signingKeys,
            BaseDomains bases) {
        this.effects = new Effects(new AclDrops(acls, registry), uses);
        this.verifier = new Verifier(registry, sessions, signingKeys, bases);
    }

    /**
     * @param now the present
     * @throws StoreUnavailable when there was no decision: nothing may pass
     */
    public Policy judge(Event event, Instant now) throws StoreUnavailable {
        try {
            if (!event.atRoot()) {
                throw new OssRefusal(
                        OssError.INVALID_ARGUMENT,
                        "The API does not receive the path that the client sent; give it a domain of its own, without a base path.");
            }
            VerifyRequest request = event.toVerify();
            OssRequest oss = verifier.read(request, now);
            ProxyLimits.check(oss);
            FileKeys.check(oss);
            UriKeys.check(event.uri(), oss);
            VerifyAnswer answer = verifier.verify(request, oss, now);
            return Policy.of(event.methodArn(), effects.of(answer, now));
        } catch (OssRefusal refusal) {
            return Policy.deny(event.methodArn(), VerifyAnswer.AnswerError.of(refusal));
        }
    }

    /**
     * The event that a REST API of API Gateway sends to its Lambda authorizer of type REQUEST (Amazon API Gateway Developer Guide, "Input to an API Gateway Lambda
     * authorizer").
     *
     * <p>{@code requestContext.path} is the path as the client sent it, percent-encoded and with the stage in front where the API's own domain is asked; {@code path}
     * is without the stage. HTTP APIs decode their paths, so their events are refused. The query comes decoded, which loses nothing that OSS's readers and
     * signatures look at: {@code +} and {@code %20} are both a space to them, and a parameter without a value reads like one with an empty value.
     *
     * @param methodArn the resource of the answer's policy
     * @param uri the path as it was received, with the query encoded again
     * @param atRoot whether the API sees the same path that the client sent
     */
    public record Event(
            String methodArn,
            String requestId,
            String method,
            String uri,
            Headers headers,
            Optional<String> sourceIp,
            boolean atRoot) {
        /** @throws InvalidDocumentException when it is another event. Members that AWS may add are ignored. */
        public static Event read(Value event) throws InvalidDocumentException {
            Members members = Members.of(event);
            Value type = members.required("type");
            if (!Members.string(type).equals("REQUEST")) {
                throw new InvalidDocumentException(type.at(), "expected REQUEST; make the authorizer one of that type");
            }
            Optional<Value> version = members.optional("version");
            if (version.isPresent()) {
                throw new InvalidDocumentException(
                        version.get().at(), "expected an event of a REST API; an HTTP API decodes paths");
            }
            Members context = Members.of(members.required("requestContext"));
            String path = context.string("path");
            QueryParameters query = query(members);
            return new Event(
                    members.string("methodArn"),
                    context.string("requestId"),
                    members.string("httpMethod"),
                    query.list().isEmpty() ? path : path + "?" + query.encoded(),
                    headers(members),
                    SourceAddress.canonical(
                            Members.of(context.required("identity")).string("sourceIp")),
                    path.equals(members.string("path")));
        }

        VerifyRequest toVerify() {
            return new VerifyRequest(
                    method,
                    uri,
                    headers,
                    sourceIp,
                    // API Gateway accepts only TLS.
                    Optional.of(true),
                    Optional.empty(),
                    Body.UNKNOWN,
                    Context.NONE,
                    Optional.empty());
        }

        private static Headers headers(Members members) throws InvalidDocumentException {
            List<Headers.HeaderField> lines = new ArrayList<>();
            for (var line : lists(members, "multiValueHeaders").entrySet()) {
                for (String value : Members.strings(line.getValue())) {
                    lines.add(new Headers.HeaderField(line.getKey(), value));
                }
            }
            return new Headers(lines);
        }

        private static QueryParameters query(Members members) throws InvalidDocumentException {
            List<QueryParameter> parameters = new ArrayList<>();
            for (var parameter :
                    lists(members, "multiValueQueryStringParameters").entrySet()) {
                for (String value : Members.strings(parameter.getValue())) {
                    parameters.add(QueryParameter.of(parameter.getKey(), value));
                }
            }
            return new QueryParameters(parameters);
        }

        /** AWS writes {@code null} for none. */
        private static Map<String, Value> lists(Members members, String name) throws InvalidDocumentException {
            return switch (members.required(name)) {
                case ObjectValue object -> object.members();
                case NullValue none -> Map.of();
                case Value other ->
                    throw new InvalidDocumentException(
                            other.at(), "expected an object of lists, found " + other.kind());
            };
        }
    }

    /**
     * An answer to API Gateway: a policy for one method, and values that the API may pass on or show (Amazon API Gateway Developer Guide, "Output from an API Gateway
     * Lambda authorizer").
     *
     * @param error the refusal; empty exactly when the policy allows
     * @param principalId the requester, or {@code Anonymous}
     * @param context values by name, percent-encoded for use in headers
     */
    public record Policy(
            String methodArn,
            Optional<VerifyAnswer.AnswerError> error,
            String principalId,
            Map<String, String> context) {
        private static final String NOBODY = "Anonymous";

        public Policy {
            context = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(context));
        }

        static Policy of(String methodArn, VerifyAnswer answer) {
            String principal = answer.principal().map(Policy::name).orElse(NOBODY);
            Map<String, String> context = new LinkedHashMap<>();
            // All four are always present, so that an API which copies them to headers overwrites those that the client
            // sent.
            context.put("principal", PercentEncoding.encode(principal));
            context.put("subject", encoded(answer.principal().flatMap(VerifyAnswer.VerifiedPrincipal::subject)));
            context.put("action", encoded(answer.action()));
            context.put("resource", encoded(answer.resource()));
            answer.error().ifPresent(error -> context.putAll(reason(error)));
            return new Policy(methodArn, answer.error(), principal, context);
        }

        static Policy deny(String methodArn, VerifyAnswer.AnswerError error) {
            return new Policy(methodArn, Optional.of(error), NOBODY, reason(error));
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

        private static Map<String, String> reason(VerifyAnswer.AnswerError error) {
            Map<String, String> reason = new LinkedHashMap<>();
            reason.put("status", Integer.toString(error.status()));
            reason.put("code", error.code());
            error.ec().ifPresent(ec -> reason.put("ec", ec));
            return reason;
        }

        private static String encoded(Optional<String> value) {
            return value.map(PercentEncoding::encode).orElse("");
        }

        private static String name(VerifyAnswer.VerifiedPrincipal principal) {
            return principal.arn().orElse(principal.type());
        }
    }
}
