package io.countersign.token.sts;

import io.countersign.http.Call;
import io.countersign.oss.HttpMethod;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A call taken apart: which action, with which parameters. ACS3 names action and version in headers, RPC among the parameters; a call that does both must say
 * the same twice.
 */
record StsCall(Call call, HttpMethod method, StsAction action, Parameters parameters) {
    private static final String API_VERSION = "2015-04-01";

    /** @throws StsRefusal when the action or the version is missing or unknown, or a parameter is not one of the action's */
    static StsCall of(Call call, Parameters parameters) throws StsRefusal {
        CallSignature.SingleHeaders headers = new CallSignature.SingleHeaders(call);
        String version = one("Version", parameters, headers.optional(CallSignature.SingleHeaders.VERSION));
        if (!version.equals(API_VERSION)) {
            throw new StsRefusal(
                    StsRefusal.StsError.INVALID_VERSION,
                    StsRefusal.StsError.INVALID_VERSION.message() + " Use " + API_VERSION + ".");
        }
        StsAction action = StsAction.of(one("Action", parameters, headers.optional(CallSignature.SingleHeaders.ACTION)))
                .orElseThrow(() -> new StsRefusal(StsRefusal.StsError.UNKNOWN_ACTION));
        parameters.check(action);
        HttpMethod method = HttpMethod.of(call.method())
                .orElseThrow(() -> new IllegalArgumentException("a face checks the method before"));
        return new StsCall(call, method, action, parameters);
    }

    /**
     * What it shows for who it is from.
     *
     * @throws StsRefusal when that is not there, not whole, or too old
     */
    CallSignature proof(Instant now) throws StsRefusal {
        boolean header =
                !call.headerValues(CallSignature.SingleHeaders.AUTHORIZATION).isEmpty();
        if (!header) {
            return CallSignature.RpcProofReader.read(method, parameters, now);
        }
        if (parameters.all().has("Signature") || parameters.all().has("SecurityToken")) {
            throw new StsRefusal(
                    StsRefusal.StsError.INCOMPLETE_SIGNATURE,
                    "A call is signed in the Authorization header or among the parameters; do one of the two.");
        }
        return CallSignature.Acs3ProofReader.read(call, method, parameters, now);
    }

    private static String one(String name, Parameters parameters, Optional<String> header) throws StsRefusal {
        Optional<String> parameter = parameters.value(name);
        if (header.isPresent() && parameter.isPresent() && !header.equals(parameter)) {
            throw new StsRefusal(
                    StsRefusal.StsError.INVALID_PARAMETER,
                    "The " + name + " of the header is not that of the parameter; send one of them.");
        }
        return header.or(() -> parameter).orElseThrow(() -> StsRefusal.missing(name));
    }

    /** The actions that are served, and the parameters that each has of its own. */
    enum StsAction {
        ASSUME_ROLE("AssumeRole", Set.of("RoleArn", "RoleSessionName", "Policy", "DurationSeconds", "ExternalId")),
        ASSUME_ROLE_WITH_OIDC(
                "AssumeRoleWithOIDC",
                Set.of("OIDCProviderArn", "RoleArn", "OIDCToken", "RoleSessionName", "Policy", "DurationSeconds")),
        GET_CALLER_IDENTITY("GetCallerIdentity", Set.of());

        /** What any call may have. {@code RegionId} is sent by official SDKs and means nothing here. */
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

        StsAction(String text, Set<String> parameters) {
            this.text = text;
            this.parameters = parameters;
        }

        /** As requests name it. */
        String text() {
            return text;
        }

        boolean knows(String parameter) {
            return parameters.contains(parameter) || COMMON.contains(parameter);
        }

        static Optional<StsAction> of(String text) {
            for (StsAction action : values()) {
                if (action.text.equals(text)) {
                    return Optional.of(action);
                }
            }
            return Optional.empty();
        }
    }
}
