package io.countersign.clients;

/** The calls of the tests to STS, implemented by each client. Refusals are {@link RefusedByServer}. */
interface StsClient {
    Session assumeRole(AssumeRoleArguments wish);

    /** The client's code for SignatureDoesNotMatch when the server's string to sign is its own. */
    default String refusalOfSecret() {
        return "SignatureDoesNotMatch";
    }

    /** Whether the client knows AssumeRoleWithOIDC. */
    default boolean knowsOidc() {
        return true;
    }

    Session assumeRoleWithOidc(AssumeRoleArguments wish, String token);

    /** Whether the client knows GetCallerIdentity. */
    default boolean knowsIdentity() {
        return true;
    }

    /** GetCallerIdentity's Arn. */
    String callerArn();
}
