package io.countersign.verify.decide;

import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.QueryParameter;
import io.countersign.oss.Quoted;
import io.countersign.policy.ConditionKey;
import io.countersign.policy.Conditions;
import io.countersign.policy.IpAddress;
import io.countersign.policy.IpRange;
import io.countersign.policy.KeyState;
import java.util.Optional;

/**
 * Enforces the restrictions on a request's origin that its signer chose by parameters: {@code x-oss-ac-source-ip} with {@code x-oss-ac-subnet-mask} (the number of bits that count; all when it is absent), and
 * {@code x-oss-ac-vpc-id} (help.aliyun.com, "Add signatures to URLs"). An unknown address or VPC does not match.
 */
final class AccessBound {
    private static final String ALL = "x-oss-ac-";
    private static final String SOURCE_IP = "x-oss-ac-source-ip";
    private static final String SUBNET_MASK = "x-oss-ac-subnet-mask";
    private static final String VPC_ID = "x-oss-ac-vpc-id";

    private AccessBound() {}

    /**
     * @throws OssRefusal AccessDenied when the request comes from another origin or its origin is unknown; InvalidArgument when a parameter is malformed, or is one that cannot be enforced
     *     ({@code x-oss-ac-forward-allow})
     */
    static void check(OssRequest request, Conditions conditions, AnswerBuilder answer) throws OssRefusal {
        if (!isBound(request)) {
            return;
        }
        answer.enter("address");
        require(request, conditions);
        answer.pass("The request comes from where its signature binds it to.");
    }

    /**
     * As {@link #check}, without a trace.
     *
     * @throws OssRefusal as {@link #check}
     */
    static void require(OssRequest request, Conditions conditions) throws OssRefusal {
        for (QueryParameter parameter : request.query().list()) {
            if (isBound(parameter)) {
                require(parameter, request, conditions);
            }
        }
    }

    private static boolean isBound(OssRequest request) {
        for (QueryParameter parameter : request.query().list()) {
            if (isBound(parameter)) {
                return true;
            }
        }
        return false;
    }

    /** Compares without case: who signed another spelling wanted a bound, so that it is refused and not ignored. */
    private static boolean isBound(QueryParameter parameter) {
        return parameter.name().regionMatches(true, 0, ALL, 0, ALL.length());
    }

    private static void require(QueryParameter parameter, OssRequest request, Conditions conditions) throws OssRefusal {
        boolean matches =
                switch (parameter.name()) {
                    case SOURCE_IP ->
                        isIn(range(parameter.value(), request.query().first(SUBNET_MASK)), conditions);
                    case SUBNET_MASK -> request.query().has(SOURCE_IP);
                    case VPC_ID ->
                        conditions.state(ConditionKey.SOURCE_VPC).equals(new KeyState.Told(parameter.value()));
                    // Its meaning depends on the network in front of OSS, which is unknown here.
                    default ->
                        throw refused(
                                Quoted.of(parameter.name()) + " cannot be enforced here; sign the URL without it.");
                };
        if (!matches) {
            throw new OssRefusal(OssError.OTHER_ADDRESS, elsewhere(parameter.name(), conditions));
        }
    }

    private static String elsewhere(String bound, Conditions conditions) {
        ConditionKey where = bound.equals(VPC_ID) ? ConditionKey.SOURCE_VPC : ConditionKey.SOURCE_IP;
        return conditions.state(where) instanceof KeyState.Unknown
                ? "The URL may only be used from one address or VPC (" + bound
                        + "), and where the request comes from is not known here: tell sourceIp or sourceVpc, or name the proxies in front in countersign.trusted-proxies."
                : "The URL may only be used from another address or VPC (" + bound + ").";
    }

    private static boolean isIn(IpRange range, Conditions conditions) {
        return switch (conditions.state(ConditionKey.SOURCE_IP)) {
            case KeyState.Told(String address) ->
                IpAddress.parse(address).filter(range::contains).isPresent();
            case KeyState.Absent absent -> false;
            case KeyState.Unknown unknown -> false;
        };
    }

    private static IpRange range(String address, Optional<String> mask) throws OssRefusal {
        Optional<IpRange> range = mask.isPresent()
                ? IpRange.around(address, mask.get())
                : IpAddress.parse(address).flatMap(whole -> IpRange.parse(address));
        return range.orElseThrow(
                () -> refused(
                        "x-oss-ac-source-ip with x-oss-ac-subnet-mask is not an address and a number of bits; sign 192.0.2.0 and 24."));
    }

    private static OssRefusal refused(String message) {
        return new OssRefusal(OssError.INVALID_ARGUMENT, message);
    }
}
