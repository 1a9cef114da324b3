package io.countersign.verify;

import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.QueryParameter;

/**
 * The parameters that choose headers of the answer. OSS takes them from signed requests alone (help.aliyun.com, GetObject, request headers): in an unsigned link the author of the link, and not the owner of
 * a public object, would say that it is a page.
 */
final class AnswerHeaders {
    private static final String PREFIX = "response-";

    private AnswerHeaders() {}

    /** @throws OssRefusal InvalidRequest when an anonymous request chooses one */
    static void check(OssRequest oss, Credentials credentials) throws OssRefusal {
        switch (credentials) {
            case Credentials.None none -> requireNone(oss);
            case Credentials.Signed signed -> {}
        }
    }

    private static void requireNone(OssRequest oss) throws OssRefusal {
        for (QueryParameter parameter : oss.query().list()) {
            if (parameter.name().startsWith(PREFIX)) {
                throw new OssRefusal(OssError.ANSWER_HEADERS_UNSIGNED);
            }
        }
    }
}
