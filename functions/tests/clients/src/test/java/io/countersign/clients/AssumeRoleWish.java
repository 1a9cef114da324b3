package io.countersign.clients;

import java.util.Optional;

/**
 * The parameters of an AssumeRole.
 *
 * @param role its name, in the account of the tests
 * @param policy the session policy
 * @param seconds of the session
 */
record AssumeRoleWish(String role, String session, Optional<String> policy, int seconds) {
    private static final String ACCOUNT = "1234567890123456";

    static AssumeRoleWish of(String role) {
        return new AssumeRoleWish(role, "tester", Optional.empty(), 900);
    }

    AssumeRoleWish with(String sessionPolicy) {
        return new AssumeRoleWish(role, session, Optional.of(sessionPolicy), seconds);
    }

    AssumeRoleWish lasting(int otherSeconds) {
        return new AssumeRoleWish(role, session, policy, otherSeconds);
    }

    String roleArn() {
        return "acs:ram::" + ACCOUNT + ":role/" + role;
    }

    /** The login of the tests. */
    static String providerArn() {
        return "acs:ram::" + ACCOUNT + ":oidc-provider/login";
    }
}
