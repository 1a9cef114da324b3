package io.countersign.gateway.demo;

import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Endpoint;
import io.countersign.http.Header;
import io.countersign.http.Reply;
import io.countersign.http.RequestIds;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.oss.ErrorDocument;
import io.countersign.oss.OssError;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A stand-in for object storage that stores no objects. It asks {@code /verify} about each request, as a storage would, and replies with the decision when the
 * request is allowed and with OSS's error document when it is not. Users can thus try a URL or an SDK without a storage, and read the reasons.
 */
public final class StandInStorage implements Endpoint {
    private final Endpoint verify;
    private final RequestIds ids;

    /** @param verify the endpoint at {@code /verify} */
    public StandInStorage(Endpoint verify, RequestIds ids) {
        this.verify = verify;
        this.ids = ids;
    }

    @Override
    public Reply handle(Call call, Instant now) {
        Reply answer = verify.handle(verifyCall(call), now);
        if (answer.status() != 200) {
            return answer;
        }
        try {
            return reply(call, answer);
        } catch (InvalidDocumentException e) {
            throw new IllegalStateException("the reply of /verify is malformed", e);
        }
    }

    private Reply reply(Call call, Reply answer) throws InvalidDocumentException {
        Members decision = Members.of(Values.parse(answer.body().toArray()));
        if (decision.optionalBoolean("allowed").orElse(false)) {
            return call.method().equals("DELETE") ? Reply.empty(204) : answer;
        }
        int status =
                Math.toIntExact(decision.optionalInteger("status", 400, 599).orElse(403));
        Members error = Members.of(decision.required("error"));
        return refusal(call, status, error.string("code"), error.optionalString("ec"), error.string("message"));
    }

    private Reply refusal(Call call, int status, String code, Optional<String> ec, String message) {
        OssError known = Arrays.stream(OssError.values())
                .filter(error -> error.code().equals(code) && error.ec().equals(ec.orElse("")))
                .findFirst()
                .orElse(OssError.ACCESS_DENIED);
        String host = call.headerValues("Host").stream().findFirst().orElse("");
        ErrorDocument document = ErrorDocument.of(known, message, Map.of(), ids.next(), host);
        return new Reply(
                status,
                List.of(new Header("Content-Type", "application/xml"), new Header("x-oss-err", document.headerValue())),
                Bytes.utf8(document.xml()));
    }

    private static Call verifyCall(Call call) {
        String target = call.path() + call.rawQuery().map(query -> "?" + query).orElse("");
        String body = JsonText.object(json -> json.put("method", call.method())
                .put("url", target)
                .object("headers", headers -> headers(headers, call.headers()))
                .put("sourceIp", call.peer())
                .put("secureTransport", call.secure()));
        return new Call(
                "POST",
                "/verify",
                Optional.empty(),
                List.of(new Header("Content-Type", "application/json")),
                Bytes.utf8(body),
                call.peer(),
                call.secure());
    }

    /** Merges header lines whose names are equal, ignoring case, into one member. */
    private static void headers(JsonText.ObjectWriter members, List<Header> headers) {
        Map<String, List<String>> byName = new LinkedHashMap<>();
        for (Header header : headers) {
            byName.computeIfAbsent(header.name().toLowerCase(Locale.ROOT), name -> new java.util.ArrayList<>())
                    .add(header.value());
        }
        byName.forEach(members::put);
    }
}
