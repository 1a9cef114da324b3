package io.countersign.verify.forwardauth;

import io.countersign.http.Call;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.verify.decide.Context;
import java.util.List;
import java.util.Optional;

/** Whether proxies report the VPC that a client came through. */
public enum VpcRule {
    /** They do not. The header is ignored, because a client may have sent it. */
    NONE("none"),
    /** A trusted proxy reports it in {@link #HEADER}, which the proxy sets or deletes in every request. */
    FROM_HEADER("header");

    /** The header with the id of the VPC. */
    static final String HEADER = "X-Countersign-Source-Vpc";

    private final String text;

    VpcRule(String text) {
        this.text = text;
    }

    /** The value of the setting. */
    public String text() {
        return text;
    }

    public static Optional<VpcRule> of(String text) {
        for (VpcRule rule : values()) {
            if (rule.text.equals(text)) {
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }

    /** @throws OssRefusal InvalidArgument when the header is duplicated, where one line may be the client's own, or is not the id of a VPC */
    Optional<String> of(Call call) throws OssRefusal {
        return switch (this) {
            case NONE -> Optional.empty();
            case FROM_HEADER -> named(call.headerValues(HEADER));
        };
    }

    private static Optional<String> named(List<String> lines) throws OssRefusal {
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        if (lines.size() > 1 || !Context.isVpcId(lines.getFirst())) {
            throw new OssRefusal(
                    OssError.INVALID_ARGUMENT,
                    "The header " + HEADER
                            + " must name one VPC, as vpc-t4nlw426y44rd3iq4, or be absent; have the proxy"
                            + " set it, replacing what the client sends.");
        }
        return Optional.of(lines.getFirst());
    }
}
