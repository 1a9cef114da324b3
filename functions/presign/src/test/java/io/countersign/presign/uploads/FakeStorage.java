package io.countersign.presign.uploads;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.countersign.oss.BaseDomains;
import io.countersign.oss.DomainBinding;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.RequestParser;
import io.countersign.signing.RequestCredentials;
import io.countersign.signing.Secret;
import io.countersign.signing.SignatureCheck;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.request.CredentialsParser;
import io.countersign.signing.request.SignatureVerifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A storage that knows one multipart upload. It checks the signature of each request, and answers as OSS does, or as a test tells it. */
final class FakeStorage implements AutoCloseable {
    static final String UPLOAD_ID = "0004B9894A22E5B1888A1E29F8236E2D";

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private final String secret;
    private final Map<Integer, Long> parts = new TreeMap<>();
    private final List<String> asked = new ArrayList<>();
    private final List<OssRequest> requests = new ArrayList<>();
    private Optional<Answer> instead = Optional.empty();
    private Answer completed =
            new Answer(200, "<CompleteMultipartUploadResult><ETag>\"E\"</ETag></CompleteMultipartUploadResult>");
    private String completion = "";
    private boolean ended;
    private boolean listsEnded;
    private Set<String> refused = Set.of();
    private Optional<StoredObject> object = Optional.empty();
    private int page = 1000;
    private Duration pause = Duration.ZERO;

    /** @param status 0: the exchange hangs */
    record Answer(int status, String body, Optional<StoredObject> head) {
        Answer(int status, String body) {
            this(status, body, Optional.empty());
        }
    }

    FakeStorage(String secret) {
        this.secret = secret;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What was asked: {@code POST uploads}, {@code GET parts after 1000}, {@code POST complete}, {@code DELETE}. */
    synchronized List<String> asked() {
        return List.copyOf(asked);
    }

    synchronized OssRequest last() {
        return requests.getLast();
    }

    /** All that came since the last {@link #forget}. */
    synchronized List<OssRequest> requests() {
        return List.copyOf(requests);
    }

    synchronized void forget() {
        requests.clear();
        asked.clear();
    }

    synchronized String completion() {
        return completion;
    }

    synchronized FakeStorage has(int part, long size) {
        parts.put(part, size);
        return this;
    }

    synchronized void answers(int status, String body) {
        instead = Optional.of(new Answer(status, body));
    }

    synchronized void completesWith(int status, String body) {
        completed = new Answer(status, body);
    }

    /** Lists so many parts at once, each time after a pause. */
    synchronized void lists(int parts, Duration after) {
        page = parts;
        pause = after;
    }

    /** Answers honestly again. */
    synchronized void answers() {
        instead = Optional.empty();
    }

    /** Lists an upload that it does not know as one without parts, as S3Proxy does. */
    synchronized void listsWhatHasEnded() {
        listsEnded = true;
    }

    /** The upload ends at the storage, and leaves this object. */
    synchronized void ends(Optional<StoredObject> left) {
        ended = true;
        object = left;
    }

    /** Has no right for these, as {@link #asked} names them. */
    synchronized void refuses(String... labels) {
        refused = Set.of(labels);
    }

    /** The ETag that S3 gives to an object of the first parts. */
    static String eTagOf(int count) {
        try {
            MessageDigest all = MessageDigest.getInstance("MD5");
            for (int part = 1; part <= count; part++) {
                all.update(HexFormat.of().parseHex("%032X".formatted(part)));
            }
            return "\"" + HexFormat.of().formatHex(all.digest()) + "-" + count + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static String eTag(int part) {
        return "\"" + "%032X".formatted(part) + "\"";
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Answer answer = answer(request(exchange), body);
            if (answer.status() == 0) {
                Thread.sleep(60_000);
            }
            if (exchange.getRequestMethod().equals("GET")) {
                Thread.sleep(pause());
            }
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Location", endpoint() + "/elsewhere");
            if (answer.head().isPresent()) {
                exchange.getResponseHeaders().set("ETag", answer.head().get().eTag());
                exchange.getResponseHeaders()
                        .set("Content-Length", Long.toString(answer.head().get().size()));
            }
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            if (bytes.length > 0) {
                exchange.getResponseBody().write(bytes);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (OssRefusal e) {
            throw new IllegalStateException(e);
        }
    }

    private synchronized Duration pause() {
        return pause;
    }

    private OssRequest request(HttpExchange exchange) throws OssRefusal {
        Headers headers = Headers.NONE;
        for (var line : exchange.getRequestHeaders().entrySet()) {
            for (String value : line.getValue()) {
                headers = headers.and(line.getKey(), value);
            }
        }
        return RequestParser.parse(
                exchange.getRequestMethod(),
                endpoint() + exchange.getRequestURI(),
                headers,
                BaseDomains.DEFAULT,
                DomainBinding.NONE);
    }

    private synchronized Answer answer(OssRequest request, String body) throws OssRefusal {
        requests.add(request);
        RequestCredentials.Signed signed = (RequestCredentials.Signed) CredentialsParser.parse(request);
        if (!(new SignatureVerifier(new SigningKeys(1)).check(signed, request, Secret.of(secret))
                instanceof SignatureCheck.Matches)) {
            return error(403, "SignatureDoesNotMatch");
        }
        asked.add(label(request));
        if (refused.contains(label(request))) {
            return request.method() == HttpMethod.HEAD ? new Answer(403, "") : error(403, "AccessDenied");
        }
        return instead.isPresent() ? instead.get() : honest(request, body);
    }

    private static String label(OssRequest request) {
        if (request.query().has("uploads")) {
            return request.method() + " uploads";
        }
        return request.method()
                + switch (request.method()) {
                    case GET ->
                        " parts after "
                                + request.query().first("part-number-marker").orElse("");
                    case POST -> " complete";
                    case PUT, DELETE, HEAD, OPTIONS -> "";
                };
    }

    private Answer honest(OssRequest request, String body) {
        if (request.method() == HttpMethod.HEAD) {
            return object.isPresent() ? new Answer(200, "", object) : new Answer(404, "");
        }
        if (request.query().has("uploads") && request.method() == HttpMethod.GET) {
            return uploads(request.query().first("prefix").orElseThrow());
        }
        if (request.query().has("uploads")) {
            return new Answer(
                    200,
                    "<InitiateMultipartUploadResult><Bucket>examplebucket</Bucket><UploadId>" + UPLOAD_ID
                            + "</UploadId></InitiateMultipartUploadResult>");
        }
        if (ended || !request.query().first("uploadId").equals(Optional.of(UPLOAD_ID))) {
            return listsEnded && request.method() == HttpMethod.GET
                    ? new Answer(200, "<ListPartsResult><IsTruncated>false</IsTruncated></ListPartsResult>")
                    : error(404, "NoSuchUpload");
        }
        return switch (request.method()) {
            case GET ->
                list(Integer.parseInt(
                        request.query().first("part-number-marker").orElse("0")));
            case POST -> {
                completion = body;
                ends(Optional.of(new StoredObject(
                        eTagOf(parts.size()),
                        parts.values().stream().mapToLong(Long::longValue).sum())));
                yield completed;
            }
            case DELETE -> {
                ended = true;
                yield new Answer(204, "");
            }
            case PUT, HEAD, OPTIONS -> error(405, "MethodNotAllowed");
        };
    }

    private Answer uploads(String prefix) {
        String upload = "<Upload><Key>" + prefix + "</Key><UploadId>" + UPLOAD_ID + "</UploadId></Upload>";
        return new Answer(
                200,
                "<ListMultipartUploadsResult><IsTruncated>false</IsTruncated>" + (ended ? "" : upload)
                        + "</ListMultipartUploadsResult>");
    }

    private Answer list(int after) {
        StringBuilder xml = new StringBuilder("<ListPartsResult>");
        int count = 0;
        for (var part : parts.entrySet()) {
            if (part.getKey() > after && count < page) {
                count++;
                xml.append("<Part><PartNumber>")
                        .append(part.getKey())
                        .append("</PartNumber><ETag>&quot;")
                        .append("%032X".formatted(part.getKey()))
                        .append("&quot;</ETag><Size>")
                        .append(part.getValue())
                        .append("</Size></Part>");
            }
        }
        boolean more = parts.keySet().stream().filter(number -> number > after).count() > count;
        return new Answer(
                200,
                xml.append("<IsTruncated>")
                        .append(more)
                        .append("</IsTruncated></ListPartsResult>")
                        .toString());
    }

    static Answer error(int status, String code) {
        return new Answer(status, "<Error><Code>" + code + "</Code><Message>m</Message></Error>");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
