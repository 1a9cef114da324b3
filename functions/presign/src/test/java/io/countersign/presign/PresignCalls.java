package io.countersign.presign;

import static io.countersign.identity.TestToken.NOW;

import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Header;
import io.countersign.http.Reply;
import io.countersign.identity.BearerAuthenticator;
import io.countersign.identity.TestKeys;
import io.countersign.identity.TestRegistry;
import io.countersign.identity.TestToken;
import io.countersign.identity.limits.SubjectLimits;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Values;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.KeyStatus;
import io.countersign.signing.SigningKeys;
import io.countersign.testkit.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Calls of {@code POST /presign}, and readers of its replies. */
final class PresignCalls {
    static final String KEY_ID = "LTAI5tSigner";
    static final String SECRET = "signer-secret";
    static final String TOKEN = TestToken.good("ES256", "ec").signed(TestKeys.EC, "ES256");

    private PresignCalls() {}

    /** One bucket of the account, with its signer, and a role that may do anything. */
    static TestRegistry registry() {
        return registry(TestRegistry.policy("Allow", "oss:*", "*"));
    }

    static TestRegistry registry(String... policies) {
        return TestRegistry.with(policies).bucket("examplebucket").signer(KEY_ID, SECRET, KeyStatus.ACTIVE);
    }

    static PresignFunction function(TestRegistry registry, PresignSettings settings) {
        KeyRegistry keys = registry.registry();
        return new PresignFunction(
                new BearerAuthenticator(keys),
                keys,
                new SubjectLimits(Seeds.secure()),
                new SigningKeys(16),
                settings,
                Seeds.secure());
    }

    static Call call(String body) {
        return call(
                "POST",
                body,
                new Header("Authorization", "Bearer " + TOKEN),
                new Header("Content-Type", "application/json"));
    }

    static Call call(String method, String body, Header... headers) {
        return new Call(method, "/presign", Optional.empty(), List.of(headers), Bytes.utf8(body), "203.0.113.7", true);
    }

    static Reply reply(String body) {
        return function(registry(), PresignSettings.DEFAULT).handle(call(body), NOW);
    }

    static Value json(Reply reply) {
        try {
            return Values.parse(reply.body().toArray());
        } catch (InvalidDocumentException e) {
            throw new AssertionError(e);
        }
    }

    /** The text of a member, members of members separated by dots. */
    static String text(Value value, String path) {
        Value at = value;
        for (String name : path.split("\\.")) {
            at = ((Value.ObjectValue) at).members().get(name);
            if (at == null) {
                throw new AssertionError("no member " + path);
            }
        }
        try {
            return Members.string(at);
        } catch (InvalidDocumentException e) {
            throw new AssertionError(e);
        }
    }

    static List<Value> results(Reply reply) {
        try {
            return Members.array(((Value.ObjectValue) json(reply)).members().get("results"));
        } catch (InvalidDocumentException e) {
            throw new AssertionError(e);
        }
    }

    static Map<String, Value> headers(Value answer) {
        return ((Value.ObjectValue) ((Value.ObjectValue) answer).members().get("headers")).members();
    }

    /** {@code {"bucket":"examplebucket","key":"k"} } with more members. */
    static String body(String... members) {
        List<String> all = new ArrayList<>(List.of("\"bucket\":\"examplebucket\""));
        all.addAll(List.of(members));
        if (all.stream().noneMatch(member -> member.startsWith("\"key\""))) {
            all.add("\"key\":\"k\"");
        }
        return "{" + String.join(",", all) + "}";
    }
}
