package io.countersign.upstream.s3;

import io.countersign.http.Bytes;
import io.countersign.oss.Acl;
import io.countersign.oss.Address;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.Operation;
import io.countersign.oss.Operations;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.PercentEncoding;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import io.countersign.registry.Bucket;
import io.countersign.registry.Upstream;
import io.countersign.signing.SigningKeys;
import io.countersign.upstream.AnswerBody;
import io.countersign.upstream.AnswerHead;
import io.countersign.upstream.BodyUse;
import io.countersign.upstream.JudgedRequest;
import io.countersign.upstream.StoreObject;
import io.countersign.upstream.StoreRow;
import io.countersign.upstream.StoreTable;
import io.countersign.upstream.Translated;
import io.countersign.upstream.UpstreamBody;
import io.countersign.upstream.UpstreamFault;
import io.countersign.upstream.WholeAnswer;
import io.countersign.upstream.xml.MalformedXmlException;
import io.countersign.upstream.xml.XmlElement;
import io.countersign.upstream.xml.XmlReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Sends requests of OSS to a store through their translation, and gives its answers back translated. */
final class TranslatedStore implements AutoCloseable {
    static final String BUCKET = "app-photos";
    static final String ACCOUNT = "1234567890123456";
    static final String REQUEST_ID = "6A0B1C2D3E4F5061728394A5";
    static final String HOST = "oss.example.com";

    private final HttpClient client =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    private final S3UpstreamSigner signer = new S3UpstreamSigner(new SigningKeys(8));
    private final S3Translation translation = new S3Translation();
    private final S3Server server;
    private final Bucket bucket;

    TranslatedStore(S3Server server, String physical) {
        this(server, server.upstream(physical));
    }

    TranslatedStore(S3Server server, Upstream upstream) {
        this.server = server;
        this.bucket = bucket(upstream);
    }

    static Bucket bucket(Upstream upstream) {
        return new Bucket(
                BUCKET,
                ACCOUNT,
                "cn-hangzhou",
                Acl.PRIVATE,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Bucket.DEFAULT_ENDPOINT,
                List.of(),
                Optional.of(upstream),
                Optional.empty());
    }

    /** The answer to the client. */
    record Answer(int status, Headers headers, Bytes body) {
        String header(String name) {
            return headers.first(name).orElseThrow(() -> new AssertionError("no " + name + " in " + headers));
        }

        XmlElement xml() {
            try {
                return XmlReader.read(body, 20_000);
            } catch (MalformedXmlException e) {
                throw new AssertionError(body.utf8(), e);
            }
        }

        String code() {
            return xml().textOf("Code").orElseThrow();
        }
    }

    static Target.ObjectKey object(String key) {
        return new Target.ObjectKey(BUCKET, key);
    }

    Answer put(String key, String content) throws OssRefusal, UpstreamFault, IOException, InterruptedException {
        return send(
                HttpMethod.PUT,
                object(key),
                QueryParameters.NONE,
                Headers.NONE,
                content.getBytes(StandardCharsets.UTF_8));
    }

    Answer get(String key) throws OssRefusal, UpstreamFault, IOException, InterruptedException {
        return send(HttpMethod.GET, object(key), QueryParameters.NONE, Headers.NONE, new byte[0]);
    }

    /** The row of the request's operation is the table's. */
    Answer send(HttpMethod method, Target target, QueryParameters query, Headers headers, byte[] body)
            throws OssRefusal, UpstreamFault, IOException, InterruptedException {
        JudgedRequest judged = judged(bucket, method, target, query, headers, body);
        Upstream upstream = bucket.upstream().orElseThrow();
        StoreRow row = StoreTable.row(judged.operation(), Upstream.Protocol.S3);
        Optional<StoreObject> source = headers.first("x-oss-copy-source")
                .map(key -> new StoreObject(upstream.bucket(), key, Optional.empty()));
        Translated translated = translation.request(judged, row, upstream, source);
        Optional<Translated> question = translation.question(judged, translated, source);
        if (question.isPresent()) {
            Answer first = send(question.get(), upstream, new byte[0]);
            if (first.status() != 200) {
                return first;
            }
        }
        return send(translated, upstream, body);
    }

    private Answer send(Translated translated, Upstream upstream, byte[] body)
            throws OssRefusal, UpstreamFault, IOException, InterruptedException {
        Headers signed = signer.sign(translated, upstream, S3Server.KEY, Instant.now());
        String path = "/" + upstream.bucket() + "/"
                + translated.key().map(PercentEncoding::encodePath).orElse("");
        String question = translated.query().encoded();
        URI uri = URI.create(server.endpoint() + path + (question.isEmpty() ? "" : "?" + question));
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .version(HttpClient.Version.HTTP_1_1)
                .method(translated.method().name(), publisher(translated.body(), body));
        signed.fields().forEach(field -> request.header(field.name(), field.value()));
        HttpResponse<byte[]> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        Headers fromStore = Headers.NONE;
        for (var entry : answer.headers().map().entrySet()) {
            for (String value : entry.getValue()) {
                fromStore = fromStore.and(entry.getKey(), value);
            }
        }
        AnswerHead head = translated.answer().head(answer.statusCode(), fromStore, REQUEST_ID);
        return switch (head.body()) {
            case AnswerBody.None none -> new Answer(head.status(), head.headers(), Bytes.EMPTY);
            case AnswerBody.Streamed streamed -> new Answer(head.status(), head.headers(), Bytes.of(answer.body()));
            case AnswerBody.Rewritten rewritten -> {
                WholeAnswer whole =
                        translated.answer().whole(answer.statusCode(), fromStore, Bytes.of(answer.body()), REQUEST_ID);
                yield new Answer(whole.head().status(), whole.head().headers(), whole.body());
            }
        };
    }

    /** A request as it is when it was allowed. */
    static JudgedRequest judged(
            Bucket bucket, HttpMethod method, Target target, QueryParameters query, Headers headers, byte[] body) {
        OssRequest oss =
                new OssRequest(method, new Address(target, Address.Style.PATH, HOST, Optional.empty()), query, headers);
        Operation operation = Operations.of(oss).orElseThrow(() -> new AssertionError("no operation"));
        boolean read = StoreTable.row(operation, Upstream.Protocol.S3).body() instanceof BodyUse.Read;
        return new JudgedRequest(
                oss,
                operation,
                bucket,
                read ? Optional.of(Bytes.of(body)) : Optional.empty(),
                OptionalLong.of(body.length),
                false);
    }

    private static BodyPublisher publisher(UpstreamBody use, byte[] body) {
        return switch (use) {
            case UpstreamBody.None none -> BodyPublishers.noBody();
            case UpstreamBody.Streamed streamed -> BodyPublishers.ofByteArray(body);
            case UpstreamBody.Measured measured -> BodyPublishers.ofByteArray(body);
            case UpstreamBody.Given(Bytes bytes) -> BodyPublishers.ofByteArray(bytes.toArray());
        };
    }

    @Override
    public void close() {
        client.close();
    }
}
