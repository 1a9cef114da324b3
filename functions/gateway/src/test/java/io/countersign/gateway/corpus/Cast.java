package io.countersign.gateway.corpus;

import io.countersign.identity.TestJwks;
import io.countersign.identity.TestKeys;
import io.countersign.identity.TestToken;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Value.ObjectValue;
import io.countersign.signing.AccessKey;
import io.countersign.signing.Secret;
import java.util.List;

/**
 * Completes the accounts of a case to a manifest: every account and user has an access key, which goes by its id or name; every account has an identity provider, which its roles trust unless they say
 * otherwise; every bucket is in one region.
 */
final class Cast {
    static final String REGION = "cn-hangzhou";

    private static final String PROVIDER = "login";

    private Cast() {}

    static String manifest(List<Value> accounts) throws InvalidDocumentException {
        StringBuilder all = new StringBuilder();
        for (Value account : accounts) {
            all.append(all.isEmpty() ? "" : ",").append(account(Members.of(account)));
        }
        return "{\"accounts\":[" + all + "]}";
    }

    /** The key of an account, by its id, or of a user, by its name. */
    static AccessKey key(String owner) {
        return new AccessKey("LTAI5t." + owner, Secret.of("secret-of-" + owner));
    }

    /** Who vouches for the people of an account. */
    static String issuer(String account) {
        return TestToken.ISSUER + "/" + account;
    }

    private static String account(Members account) throws InvalidDocumentException {
        String id = account.string("id");
        List<Value> users = account.list("users");
        List<Value> roles = account.list("roles");
        List<Value> buckets = account.list("buckets");
        account.done();
        return JsonText.object(json -> {
            json.put("id", id);
            accessKey(json, id);
            json.array(
                    "users",
                    array -> users.forEach(user -> array.object(member -> {
                        copy(member, user);
                        accessKey(member, text(user, "name"));
                    })));
            json.array(
                    "roles",
                    array -> roles.forEach(role -> array.object(member -> {
                        copy(member, role);
                        if (!has(role, "trust")) {
                            member.put("trust", TestJwks.value(trust(id)));
                        }
                    })));
            json.array(
                    "oidcProviders",
                    array -> array.object(provider -> provider.put("name", PROVIDER)
                            .put("issuer", issuer(id))
                            .put("clientIds", List.of(TestToken.AUDIENCE))
                            .put(
                                    "jwks",
                                    TestJwks.value(TestJwks.set(TestJwks.jwk(TestKeys.ED25519.getPublic(), "ed"))))));
            json.array(
                    "buckets",
                    array -> buckets.forEach(bucket -> array.object(member -> {
                        copy(member, bucket);
                        member.put("region", REGION);
                    })));
        });
    }

    private static void accessKey(JsonText.ObjectWriter json, String owner) {
        AccessKey key = key(owner);
        json.array(
                "accessKeys",
                array -> array.object(member -> member.put("id", key.id()).put("secret", "secret-of-" + owner)));
    }

    private static String trust(String account) {
        return "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\",\"Principal\":{\"Federated\":[\"acs:ram::"
                + account + ":oidc-provider/" + PROVIDER + "\"]}}]}";
    }

    private static void copy(JsonText.ObjectWriter json, Value object) {
        ((ObjectValue) object).members().forEach(json::put);
    }

    private static boolean has(Value object, String name) {
        return ((ObjectValue) object).members().containsKey(name);
    }

    private static String text(Value object, String name) {
        try {
            return Members.of(object).string(name);
        } catch (InvalidDocumentException e) {
            throw new AssertionError(e);
        }
    }
}
