package io.countersign.verify.forwardauth;

import io.countersign.identity.SourceAddress;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Value.NullValue;
import io.countersign.json.Value.ObjectValue;
import io.countersign.oss.Body;
import io.countersign.oss.HeaderField;
import io.countersign.oss.Headers;
import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import io.countersign.verify.Context;
import io.countersign.verify.VerifyRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a REST API of API Gateway sends to its Lambda authorizer of type REQUEST (Amazon API Gateway Developer Guide, "Input to an API Gateway Lambda
 * authorizer").
 *
 * <p>{@code requestContext.path} is the path as the client sent it, percent-encoded and with the stage in front where the API's own domain is asked; {@code path}
 * is without the stage. HTTP APIs decode their paths, so their events are refused. The query comes decoded, which loses nothing that OSS's readers and
 * signatures look at: {@code +} and {@code %20} are both a space to them, and a parameter without a value reads like one with an empty value.
 *
 * @param methodArn what the answer's policy is about
 * @param uri the path as it came, and the query encoded anew
 * @param atRoot whether the API sees the very path that the client sent
 */
public record AuthorizerEvent(
        String methodArn,
        String requestId,
        String method,
        String uri,
        Headers headers,
        Optional<String> sourceIp,
        boolean atRoot) {
    /** @throws InvalidDocumentException when it is another event; members that AWS may add are left alone */
    public static AuthorizerEvent read(Value event) throws InvalidDocumentException {
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
        return new AuthorizerEvent(
                members.string("methodArn"),
                context.string("requestId"),
                members.string("httpMethod"),
                query.list().isEmpty() ? path : path + "?" + query.encoded(),
                headers(members),
                SourceAddress.canonical(Members.of(context.required("identity")).string("sourceIp")),
                path.equals(members.string("path")));
    }

    VerifyRequest toVerify() {
        return new VerifyRequest(
                method,
                uri,
                headers,
                sourceIp,
                // API Gateway speaks TLS alone.
                Optional.of(true),
                Optional.empty(),
                Body.UNKNOWN,
                Context.NONE,
                Optional.empty(),
                Optional.empty());
    }

    private static Headers headers(Members members) throws InvalidDocumentException {
        List<HeaderField> lines = new ArrayList<>();
        for (var line : lists(members, "multiValueHeaders").entrySet()) {
            for (String value : Members.strings(line.getValue())) {
                lines.add(new HeaderField(line.getKey(), value));
            }
        }
        return new Headers(lines);
    }

    private static QueryParameters query(Members members) throws InvalidDocumentException {
        List<QueryParameter> parameters = new ArrayList<>();
        for (var parameter : lists(members, "multiValueQueryStringParameters").entrySet()) {
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
                throw new InvalidDocumentException(other.at(), "expected an object of lists, found " + other.kind());
        };
    }
}
