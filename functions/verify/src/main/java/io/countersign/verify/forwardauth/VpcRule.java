package io.countersign.verify.forwardauth;

import io.countersign.http.Call;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.verify.decide.Context;
import java.util.List;
import java.util.Optional;

/** Whether proxies tell which VPC a client came through. */
public enum VpcRule {
    /** They do not: the header means nothing, for a client may have sent it. */
    NONE("none"),
    /** A trusted proxy tells it in {@link #HEADER}, which it sets or deletes in every request. */
    FROM_HEADER("header");

    /** Names the VPC. */
    static final String HEADER = "X-Countersign-Source-Vpc";

    private final String text;

    VpcRule(String text) {
        this.text = text;
    }

    /** As settings write it. */
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

    /** @throws OssRefusal InvalidArgument when the header is there twice, where one line may be the client's own, or names no VPC */
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
                            + " must name one VPC, as vpc-t4nlw426y44rd3iq4, or not be there; have the proxy"
                            + " set it, replacing what the client sends.");
        }
        return Optional.of(lines.getFirst());
    }
}
