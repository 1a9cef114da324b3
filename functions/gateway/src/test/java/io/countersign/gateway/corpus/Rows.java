package io.countersign.gateway.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Reply;
import io.countersign.identity.CallerRefusal;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.oss.EncodedText;
import io.countersign.oss.Headers;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.PercentEncoding;
import io.countersign.signing.SignatureVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks about the requests of a case, and compares the answers with what is right. Both kinds of signature are tried: a verdict does not hang on them. */
record Rows(AppliedManifest manifest, String account) {
    /** The requests that are answered wrongly, each with what came. */
    List<String> wrong(List<Value> requests) throws InvalidDocumentException {
        List<String> wrong = new ArrayList<>();
        for (Value request : requests) {
            Row row = Row.read(request);
            for (SignatureVersion version : List.of(SignatureVersion.V4, SignatureVersion.V1)) {
                try {
                    check(row, version);
                } catch (AssertionError e) {
                    wrong.add(version + " " + e.getMessage());
                }
            }
        }
        return wrong;
    }

    private void check(Row row, SignatureVersion version) throws InvalidDocumentException {
        String place = row.at() + " " + row.method() + " " + row.url();
        try {
            Headers headers = row.headers(manifest, account, version);
            switch (row.face()) {
                case "verify" -> verify(row, headers, place);
                case "auth" -> auth(row, headers, place);
                default -> throw new AssertionError(place + ": no such face");
            }
        } catch (CallerRefusal refusal) {
            assertThat(row.code())
                    .as(place + ": " + refusal.text())
                    .contains(refusal.code().text());
        } catch (OssRefusal refusal) {
            throw new AssertionError(place + " cannot be signed: " + refusal.text(), refusal);
        }
    }

    private void verify(Row row, Headers headers, String place) throws InvalidDocumentException {
        Members answer = manifest.verify(body(row, headers));
        Members last = decision(answer.list("trace"));
        String why = place + ": " + last.string("step") + ": " + last.string("detail");
        assertThat(Members.bool(answer.required("allowed"))).as(why).isEqualTo(row.allowed());
        if (!row.allowed()) {
            Members error = Members.of(answer.required("error"));
            assertThat(error.string("code")).as(why).isEqualTo(row.code().orElseThrow());
            assertMatches(row.ec(), error.optionalString("ec").orElse("none"), why);
        }
        assertMatches(row.decidedBy(), last.string("step"), why);
        row.says().ifPresent(part -> assertThat(why).contains(part));
    }

    private void auth(Row row, Headers headers, String place) throws InvalidDocumentException, OssRefusal {
        Reply reply = manifest.auth(row.method(), row.url().substring("http://localhost".length()), headers);
        String resource = PercentEncoding.decodeEscapes(
                reply.header("X-Countersign-Resource").orElse("none"), EncodedText.URL);
        String why = place + ": " + resource + " " + reply.body().utf8();
        assertThat(reply.status()).as(why).isEqualTo(row.allowed() ? 200 : 403);
        row.code().ifPresent(code -> assertThat(why).contains("<Code>" + code + "</Code>"));
        row.says().ifPresent(end -> assertThat(resource).as(why).endsWith(end));
    }

    private static void assertMatches(Optional<String> right, String answered, String why) {
        right.ifPresent(value -> assertThat(answered).as(why).isEqualTo(value));
    }

    private static String body(Row row, Headers headers) throws InvalidDocumentException {
        String url = row.url();
        return JsonText.object(json -> {
            row.told().forEach((name, value) -> {
                if (!name.equals("headers") && !name.equals("url")) {
                    json.put(name, value);
                }
            });
            json.put("url", url);
            json.object(
                    "headers", object -> headers.fields().forEach(field -> object.put(field.name(), field.value())));
        });
    }

    /** The last step that is no reading of an ambiguous V1 signature. */
    private static Members decision(List<Value> trace) throws InvalidDocumentException {
        Members last = Members.of(trace.getLast());
        return trace.size() > 1 && last.string("step").equals("readings")
                ? Members.of(trace.get(trace.size() - 2))
                : last;
    }
}
