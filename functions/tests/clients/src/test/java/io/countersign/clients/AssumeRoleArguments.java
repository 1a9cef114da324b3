package io.countersign.clients;

import java.util.Optional;

/**
 * The parameters of an AssumeRole.
 *
 * @param role its name, in the account of the tests
 * @param policy the session policy
 * @param seconds of the session
 */
record AssumeRoleArguments(String role, String session, Optional<String> policy, int seconds) {
    private static final String ACCOUNT = "1234567890123456";

    static AssumeRoleArguments of(String role) {
        return new AssumeRoleArguments(role, "tester", Optional.empty(), 900);
    }

    AssumeRoleArguments with(String sessionPolicy) {
        return new AssumeRoleArguments(role, session, Optional.of(sessionPolicy), seconds);
    }

    AssumeRoleArguments lasting(int otherSeconds) {
        return new AssumeRoleArguments(role, session, policy, otherSeconds);
    }

    String roleArn() {
        return "acs:ram::" + ACCOUNT + ":role/" + role;
    }

    /** The login of the tests. */
    static String providerArn() {
        return "acs:ram::" + ACCOUNT + ":oidc-provider/login";
    }
}
