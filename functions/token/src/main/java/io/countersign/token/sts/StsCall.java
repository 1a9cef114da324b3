package io.countersign.token.sts;

import io.countersign.http.Call;
import io.countersign.oss.HttpMethod;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A parsed call: its action and its parameters. ACS3 sends action and version in headers, RPC among the parameters. In a call that does both, the two must be
 * equal.
 */
record StsCall(Call call, HttpMethod method, Action action, Parameters parameters) {
    private static final String API_VERSION = "2015-04-01";

    /** @throws StsRefusal when the action or the version is missing or unknown, or a parameter is not one of the action's */
    static StsCall of(Call call, Parameters parameters) throws StsRefusal {
        CallSignature.SingleHeaders headers = new CallSignature.SingleHeaders(call);
        String version = one("Version", parameters, headers.optional(CallSignature.SingleHeaders.VERSION));
        if (!version.equals(API_VERSION)) {
            throw new StsRefusal(
                    StsRefusal.Code.INVALID_VERSION,
                    StsRefusal.Code.INVALID_VERSION.message() + " Use " + API_VERSION + ".");
        }
        Action action = Action.of(one("Action", parameters, headers.optional(CallSignature.SingleHeaders.ACTION)))
                .orElseThrow(() -> new StsRefusal(StsRefusal.Code.UNKNOWN_ACTION));
        parameters.check(action);
        HttpMethod method = HttpMethod.of(call.method())
                .orElseThrow(() -> new IllegalArgumentException("StsFunction checks the method first"));
        return new StsCall(call, method, action, parameters);
    }

    /**
     * Reads the signature of the call.
     *
     * @throws StsRefusal when it is missing, incomplete or expired
     */
    CallSignature signature(Instant now) throws StsRefusal {
        boolean header =
                !call.headerValues(CallSignature.SingleHeaders.AUTHORIZATION).isEmpty();
        if (!header) {
            return CallSignature.RpcReader.read(method, parameters, now);
        }
        if (parameters.all().has("Signature") || parameters.all().has("SecurityToken")) {
            throw new StsRefusal(
                    StsRefusal.Code.INCOMPLETE_SIGNATURE,
                    "A call is signed in the Authorization header or among the parameters; do one of the two.");
        }
        return CallSignature.Acs3Reader.read(call, method, parameters, now);
    }

    private static String one(String name, Parameters parameters, Optional<String> header) throws StsRefusal {
        Optional<String> parameter = parameters.value(name);
        if (header.isPresent() && parameter.isPresent() && !header.equals(parameter)) {
            throw new StsRefusal(
                    StsRefusal.Code.INVALID_PARAMETER,
                    "The " + name + " of the header is not that of the parameter; send one of them.");
        }
        return header.or(() -> parameter).orElseThrow(() -> StsRefusal.missing(name));
    }

    /** The supported actions with their own parameters. */
    enum Action {
        ASSUME_ROLE("AssumeRole", Set.of("RoleArn", "RoleSessionName", "Policy", "DurationSeconds", "ExternalId")),
        ASSUME_ROLE_WITH_OIDC(
                "AssumeRoleWithOIDC",
                Set.of("OIDCProviderArn", "RoleArn", "OIDCToken", "RoleSessionName", "Policy", "DurationSeconds")),
        GET_CALLER_IDENTITY("GetCallerIdentity", Set.of());

        /** The parameters of every call. Official SDKs send {@code RegionId}, which has no effect here. */
        private static final Set<String> COMMON = Set.of(
                "Action",
                "Version",
                "Format",
                "AccessKeyId",
                "Signature",
                "SignatureMethod",
                "SignatureVersion",
                "SignatureNonce",
                "SignatureType",
                "Timestamp",
                "SecurityToken",
                "RegionId");

        private final String text;
        private final Set<String> parameters;

        Action(String text, Set<String> parameters) {
            this.text = text;
            this.parameters = parameters;
        }

        String text() {
            return text;
        }

        boolean knows(String parameter) {
            return parameters.contains(parameter) || COMMON.contains(parameter);
        }

        static Optional<Action> of(String text) {
            for (Action action : values()) {
                if (action.text.equals(text)) {
                    return Optional.of(action);
                }
            }
            return Optional.empty();
        }
    }
}
