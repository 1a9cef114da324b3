package io.countersign.gateway.faults;

import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.oss.EncodedText;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.PercentEncoding;
import io.countersign.oss.QueryParameters;
import io.countersign.signing.rpc.RpcSignature;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Calls of a gateway. */
record Calls(String url) {
    /** Longer than any answer may take. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    /** Makes an object public. */
    HttpResponse<String> publish(String key) throws IOException, InterruptedException {
        return send(json("/acl")
                .PUT(BodyPublishers.ofString(JsonText.object(body ->
                        body.put("bucket", Installation.BUCKET).put("key", key).put("acl", "public-read")))));
    }

    /** Whether an anonymous GET is allowed. */
    boolean isPublic(String key) throws Exception {
        HttpResponse<String> answer = verify("http://photos.oss-cn-hangzhou.aliyuncs.com/" + key);
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return Members.bool(Members.of(Values.parse(answer.body())).required("allowed"));
    }

    /** Asks about a GET without a header. */
    HttpResponse<String> verify(String target) throws IOException, InterruptedException {
        return send(json("/verify")
                .POST(BodyPublishers.ofString(
                        JsonText.object(body -> body.put("method", "GET").put("url", target)))));
    }

    /** Asks as a proxy does about a GET of this path and query. */
    HttpResponse<String> auth(String target) throws IOException, InterruptedException {
        return send(request("/auth")
                .header("X-Original-Method", "GET")
                .header("X-Original-URI", target)
                .header("X-Original-Host", "photos.oss-cn-hangzhou.aliyuncs.com"));
    }

    HttpResponse<String> health() throws IOException, InterruptedException {
        return send(request("/health"));
    }

    /** GetCallerIdentity, by its query. */
    HttpResponse<String> identity(String query) throws IOException, InterruptedException {
        return send(request("/?" + query));
    }

    /** A query for {@link #identity}, good once. */
    static String identityQuery(String nonce) throws Exception {
        String unsigned = "Action=GetCallerIdentity&Version=2015-04-01&Format=JSON&SignatureMethod=HMAC-SHA1"
                + "&SignatureVersion=1.0&AccessKeyId=" + Installation.CALLER.id() + "&Timestamp="
                + PercentEncoding.encode(
                        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
                + "&SignatureNonce=" + nonce;
        String signature = RpcSignature.sign(
                HttpMethod.GET, QueryParameters.parse(unsigned, EncodedText.URL), Installation.CALLER.secret());
        return unsigned + "&Signature=" + PercentEncoding.encode(signature);
    }

    private HttpRequest.Builder json(String path) {
        return request(path).header("Content-Type", "application/json");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).timeout(PATIENCE);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }
}
