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
 * Stands where object storage would: it holds no object, asks {@code /verify} about every request as storage does, and answers what may pass with the decision
 * itself, what may not with OSS's error document. So a URL or an SDK can be tried, and its reasons read, without a storage.
 */
public final class StandInStorage implements Endpoint {
    private final Endpoint verify;
    private final RequestIds ids;

    /** @param verify the face at {@code /verify} */
    public StandInStorage(Endpoint verify, RequestIds ids) {
        this.verify = verify;
        this.ids = ids;
    }

    @Override
    public Reply handle(Call call, Instant now) {
        Reply answer = verify.handle(question(call), now);
        if (answer.status() != 200) {
            return answer;
        }
        try {
            return reply(call, answer);
        } catch (InvalidDocumentException e) {
            throw new IllegalStateException("/verify answers in JSON of a known form", e);
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
        String xml = ErrorDocument.xml(known, message, Map.of(), ids.next(), host);
        return new Reply(
                status,
                List.of(
                        new Header("Content-Type", "application/xml"),
                        new Header("x-oss-err", ErrorDocument.headerValue(xml))),
                Bytes.utf8(xml));
    }

    private static Call question(Call call) {
        String target = call.path() + call.rawQuery().map(query -> "?" + query).orElse("");
        String body = JsonText.object(question -> question.put("method", call.method())
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

    /** Lines of one name are one member, whatever the case of each. */
    private static void headers(JsonText.JsonObjectWriter members, List<Header> headers) {
        Map<String, List<String>> byName = new LinkedHashMap<>();
        for (Header header : headers) {
            byName.computeIfAbsent(header.name().toLowerCase(Locale.ROOT), name -> new java.util.ArrayList<>())
                    .add(header.value());
        }
        byName.forEach(members::put);
    }
}
