package io.countersign.identity;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Value;
import io.countersign.json.Values;
import java.security.PublicKey;
import java.util.Map;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/** Key sets as an identity provider publishes them. */
public final class TestJwks {
    private TestJwks() {}

    /** One key as JSON, with further members such as {@code kid}. */
    public static String jwk(PublicKey key, Map<String, Object> members) {
        try {
            Map<String, Object> params =
                    PublicJsonWebKey.Factory.newPublicJwk(key).toParams(OutputControlLevel.PUBLIC_ONLY);
            params.putAll(members);
            return org.jose4j.json.JsonUtil.toJson(params);
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String jwk(PublicKey key, String keyId) {
        return jwk(key, Map.of("kid", keyId, "use", "sig"));
    }

    public static String set(String... keys) {
        return "{\"keys\":[" + String.join(",", keys) + "]}";
    }

    public static Value value(String json) {
        try {
            return Values.parse(json);
        } catch (InvalidDocumentException e) {
            throw new IllegalStateException(e);
        }
    }
}
