package io.countersign.signing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.countersign.oss.Address;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OssRequest;
import io.countersign.oss.PercentEncoding;
import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The fixed vectors: inputs and the expected text of each stage. */
public final class Vectors {
    private Vectors() {}

    /** All vectors of a file; it fails when the file holds another number than it says. */
    public static Stream<Vector> of(String file) {
        try (InputStream in = Vectors.class.getResourceAsStream("/vectors/" + file + ".json")) {
            JsonNode document = new ObjectMapper().readTree(Objects.requireNonNull(in, file));
            List<Vector> vectors = new ArrayList<>();
            document.get("vectors").forEach(node -> vectors.add(new Vector(node)));
            if (vectors.size() != document.get("count").asInt()) {
                throw new AssertionError(file + " does not hold the number of vectors that it names");
            }
            return vectors.stream();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** One vector; its name in test reports is its id. */
    public record Vector(JsonNode node) {
        public String id() {
            return node.get("id").asText();
        }

        public JsonNode request() {
            return node.get("request");
        }

        public AccessKey accessKey() {
            JsonNode credentials = node.get("credentials");
            return new AccessKey(
                    credentials.get("accessKeyId").asText(),
                    Secret.of(credentials.get("accessKeySecret").asText()));
        }

        public Optional<SecurityToken> token() {
            JsonNode token = node.get("credentials").get("securityToken");
            return token.isNull() ? Optional.empty() : Optional.of(SecurityToken.of(token.asText()));
        }

        public HttpMethod method() {
            return HttpMethod.of(request().get("method").asText()).orElseThrow();
        }

        public Target target() {
            JsonNode bucket = request().get("bucket");
            JsonNode key = request().get("key");
            if (bucket.isNull()) {
                return Target.service();
            }
            return key.isNull() ? Target.bucket(bucket.asText()) : Target.object(bucket.asText(), key.asText());
        }

        public Headers headers() {
            Headers headers = Headers.NONE;
            for (JsonNode pair : request().get("headers")) {
                headers = headers.and(pair.get(0).asText(), pair.get(1).asText());
            }
            return headers;
        }

        /** Parameters without a value stand without an equals sign. */
        public QueryParameters query(String member) {
            List<QueryParameter> query = new ArrayList<>();
            for (JsonNode pair : request().get(member)) {
                String value = pair.get(1).asText();
                query.add(
                        value.isEmpty()
                                ? QueryParameter.bare(pair.get(0).asText())
                                : QueryParameter.of(pair.get(0).asText(), value));
            }
            return new QueryParameters(query);
        }

        public QueryParameters query() {
            return query("query");
        }

        /** The names of a list member. */
        public List<String> names(String member) {
            List<String> names = new ArrayList<>();
            request().get(member).forEach(name -> names.add(name.asText()));
            return names;
        }

        public Optional<String> expected(String stage) {
            return Optional.ofNullable(node.get("expected").get(stage)).map(JsonNode::asText);
        }

        /** The stage as it may be shown: with the fingerprint where the token stood. */
        public Optional<String> printable(String stage) {
            return expected(stage).map(text -> {
                if (token().isEmpty()) {
                    return text;
                }
                String token = token().get().reveal();
                String shown = token().get().fingerprint();
                String encoded = PercentEncoding.encode(token);
                return text.replace("security-token:" + token, "security-token:" + shown)
                        .replace("security-token=" + token, "security-token=" + shown)
                        .replace("security-token=" + encoded, "security-token=" + shown);
            });
        }

        @Override
        public String toString() {
            return id();
        }
    }

    /** The request as it arrives in path style. */
    public static OssRequest request(HttpMethod method, Target target, QueryParameters query, Headers headers) {
        return new OssRequest(
                method, new Address(target, Address.Style.PATH, "127.0.0.1", Optional.empty()), query, headers);
    }
}
